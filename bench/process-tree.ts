// CPU time and private memory of a process and all its descendants, read from /proc (proc(5)); Linux only.

import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ is 100 on every Linux we run on (getconf CLK_TCK). */
const ticksPerSecond = 100;

interface Stat {
  readonly parent: number;
  readonly cpuTicks: number;
}

function stat(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; fields are counted after its end. 4 ppid, 14 utime … 17 cstime.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const at = (field: number) => Number(fields[field - 3]);
    return { parent: at(4), cpuTicks: at(14) + at(15) + at(16) + at(17) };
  } catch {
    return undefined;
  }
}

/** The process and its descendants now. */
export function tree(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const found = Number.isInteger(pid) ? stat(pid) : undefined;
    if (found !== undefined) parents.set(pid, found.parent);
  }
  const inTree = [root];
  for (const pid of inTree) for (const [child, parent] of parents) if (parent === pid) inTree.push(child);
  return inTree;
}

/** CPU seconds spent by these processes and their ended children so far. */
export function cpuSeconds(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (stat(pid)?.cpuTicks ?? 0), 0) / ticksPerSecond;
}

/** Bytes that only these processes hold: Private_Clean + Private_Dirty of smaps_rollup. */
export function privateBytes(pids: readonly number[]): number {
  let kilobytes = 0;
  for (const pid of pids) {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      for (const found of rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm))
        kilobytes += Number(found[1]);
    } catch {
      // It ended in between.
    }
  }
  return kilobytes * 1024;
}
