// Faults of system calls in a running process, by strace(1): the call fails or waits as if the disk had said so.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { findProgram } from '../peers/find-program.ts';
import { startPeer } from '../peers/peer-process.ts';

const attachedLimitMs = 10_000;

/** Whether this machine lets us trace a process of ours. */
export function canInjectFaults(): boolean {
  if (findProgram('strace') === undefined) return false;
  try {
    execFileSync('strace', ['-qq', '-o', '/dev/null', 'true'], { stdio: 'ignore', timeout: attachedLimitMs });
    return true;
  } catch {
    return false;
  }
}

export interface Injection extends AsyncDisposable {
  /** The calls so far, as strace writes them. */
  calls(): string[];
}

export interface Fault {
  readonly pid: number;
  /** For example `['fsync', 'fdatasync']`. */
  readonly calls: readonly string[];
  /** In the words of strace(1), for example `error=EIO` or `delay_enter=2s`. */
  readonly how: string;
  /** Calls about this file alone. */
  readonly file?: string;
  /** Where strace writes. */
  readonly log: string;
}

/** From now until it is disposed of, these calls of the process fail. */
export async function injectFault({ pid, calls, how, file, log }: Fault): Promise<Injection> {
  const names = calls.join(',');
  const about = file === undefined ? [] : ['-P', file];
  // Signals, e.g. of a child that ended, are no calls.
  const args = ['-f', '-qq', '-p', String(pid), '-o', log, '-e', 'signal=none', ...about];
  const tracer = startPeer({
    command: 'strace',
    args: [...args, '-e', `trace=${names}`, '-e', `inject=${names}:${how}`],
  });
  const traced = () => Number(/^TracerPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  await tracer.until('the process', attachedLimitMs, async () => {
    while (traced() !== tracer.pid) await pause(20);
  });
  return {
    calls: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        // A call that another thread's comes between takes two lines.
        .filter((line) => line !== '' && !line.includes('<unfinished ...>')),
    [Symbol.asyncDispose]: tracer.stop,
  };
}
