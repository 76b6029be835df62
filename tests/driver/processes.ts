// Processes of this machine as Linux shows them in /proc: who started whom, and what their command lines say.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Undefined when the process ended meanwhile. */
function read(pid: number, file: 'stat' | 'cmdline' | 'environ'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}

/** State and parent from `stat` (proc(5)); the name in brackets may hold anything, so they are read after it. */
function stateOf(pid: number): { state: string; parent: number } | undefined {
  const [state = '', parent = ''] = read(pid, 'stat')?.split(') ').at(-1)?.split(' ') ?? [];
  return state === '' ? undefined : { state, parent: Number(parent) };
}

/** True while the process runs; a zombie has ended. */
export function isRunning(pid: number): boolean {
  const state = stateOf(pid)?.state;
  return state !== undefined && state !== 'Z';
}

function everyPid(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Who runs in a folder (its current directory lies there), whoever started it. */
export function runningIn(folder: string): number[] {
  return everyPid().filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder && isRunning(pid);
    } catch {
      return false;
    }
  });
}

/** Children, their children, and so on. */
export function descendants(pid: number): number[] {
  const children = everyPid().filter((other) => stateOf(other)?.parent === pid);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

/** What `ps` shows anybody of a process, and its environment. */
export function wordsOf(pid: number): string {
  return `${read(pid, 'cmdline') ?? ''}\0${read(pid, 'environ') ?? ''}`;
}
