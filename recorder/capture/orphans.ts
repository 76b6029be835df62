// Ends the FFmpegs that a killed program left behind (store procedure Start, step 2), so that no camera has two recorders.
// Nothing is ended by its number alone: the system's start time and the arguments have to be those that were noted.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../model/log.ts';
import type { ProcessMark } from './recorder-file.ts';
import { isRecorderFile, readRecorderFile, writeRecorderFile } from './recorder-file.ts';

/** A killed process is gone after this, or stuck in the kernel where it writes nothing any more. */
const goneLimitMs = 2_000;
const goneStepMs = 20;
/** Where `/proc` does not exist, `ps` is asked, which answers at once. */
const psTimeoutMs = 2_000;

interface Identity {
  readonly started: string;
  /** The arguments as one text, each followed or parted by what the system puts there. */
  readonly arguments: string;
  readonly separator: string;
}

/** Linux: field 22 of `/proc/<pid>/stat`, in ticks since boot (proc(5)); the name in field 2 may hold anything but its `)`. */
function fromProc(pid: number): Identity {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  return { started: fields[19] ?? '', arguments: commandLine.replace(/\0$/, ''), separator: '\0' };
}

/** macOS and the BSDs. */
function fromPs(pid: number): Identity {
  const options = {
    encoding: 'utf8',
    timeout: psTimeoutMs,
    env: { LC_ALL: 'C', PATH: '/bin:/usr/bin' },
  } as const;
  const output = execFileSync('ps', ['-ww', '-o', 'lstart=', '-o', 'args=', '-p', String(pid)], options);
  // `Mon Jun  1 12:00:00 2026 /usr/bin/ffmpeg …`
  return { started: output.slice(0, 24), arguments: output.slice(24).trim(), separator: ' ' };
}

/** Undefined when there is no such process, or the system does not tell (Windows). */
function identify(pid: number): Identity | undefined {
  try {
    if (process.platform === 'linux') return fromProc(pid);
    return process.platform === 'win32' ? undefined : fromPs(pid);
  } catch {
    return undefined;
  }
}

/** What to note of a recorder that was just started; undefined where processes cannot be told apart. */
export function markProcess(pid: number, args: readonly string[]): ProcessMark | undefined {
  const identity = identify(pid);
  return identity === undefined ? undefined : { pid, started: identity.started, args };
}

function isAlive(mark: ProcessMark): boolean {
  const identity = identify(mark.pid);
  if (identity === undefined || identity.started !== mark.started) return false;
  return identity.arguments.endsWith(mark.args.join(identity.separator));
}

async function end(mark: ProcessMark): Promise<boolean> {
  process.kill(mark.pid, 'SIGKILL');
  for (let waitedMs = 0; waitedMs < goneLimitMs; waitedMs += goneStepMs) {
    if (!isAlive(mark)) return true;
    await pause(goneStepMs);
  }
  return false;
}

/**
 * Ends every recorder noted in `folder` that still runs; makes the folder when it is missing. Returns how many there were.
 * A process that cannot be ended is logged and left: recording matters more.
 */
export async function endOrphans(folder: string, log: Log): Promise<number> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let found = 0;
  for (const name of readdirSync(folder)) {
    if (!isRecorderFile(name)) continue;
    const file = join(folder, name);
    const { process: mark, ...learned } = readRecorderFile(file);
    if (mark === undefined) continue;
    try {
      if (isAlive(mark)) {
        found += 1;
        const ended = await end(mark);
        const fields = { file: name, pid: mark.pid };
        if (ended) log.info(fields, 'ended a recorder that a killed program had left behind');
        else log.warn(fields, 'a recorder that a killed program had left behind cannot be ended');
      }
      writeRecorderFile(file, learned);
    } catch (error) {
      log.warn({ file: name, pid: mark.pid, err: error }, 'cannot clear away an earlier recorder');
    }
  }
  return found;
}
