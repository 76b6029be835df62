// Linux namespaces of a test's own: what is mounted or plugged in there is gone with the process that holds it, however it ends.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';

const commandLimitMs = 10_000;
const heldLimitMs = 5_000;

export type NamespaceKind = 'mnt' | 'net';
const flags = { mnt: ['--mount', '--propagation', 'private'], net: ['--net'] } as const;

/** Whether this machine lets us make one: root, or close to it. */
export function canMakeNamespaces(): boolean {
  try {
    execFileSync('unshare', ['--mount', '--net', 'true'], { stdio: 'ignore', timeout: commandLimitMs });
    return true;
  } catch {
    return false;
  }
}

export class Namespace implements AsyncDisposable {
  readonly #holder: ChildProcess;
  readonly #kind: NamespaceKind;

  static async make(kind: NamespaceKind): Promise<Namespace> {
    const held = ['sh', '-c', 'echo held; exec sleep infinity'];
    // The holder ends with this process even when this one is killed (prctl(2) PR_SET_PDEATHSIG).
    const args = ['--pdeathsig', 'KILL', '--', 'unshare', ...flags[kind], '--', ...held];
    const holder = spawn('setpriv', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data', { signal: AbortSignal.timeout(heldLimitMs) });
    return new Namespace(holder, kind);
  }

  private constructor(holder: ChildProcess, kind: NamespaceKind) {
    this.#holder = holder;
    this.#kind = kind;
  }

  get pid(): number {
    if (this.#holder.pid === undefined) throw new Error('the namespace is not held');
    return this.#holder.pid;
  }

  /** Put in front of a command, it runs in the namespace. */
  get entry(): readonly [string, ...string[]] {
    const option = this.#kind === 'mnt' ? '--mount' : '--net';
    return ['nsenter', `${option}=/proc/${this.pid}/ns/${this.#kind}`, '--'];
  }

  /** A file as it is seen in a mount namespace, from outside of it. */
  seen(file: string): string {
    return `/proc/${this.pid}/root${file}`;
  }

  run(command: string, ...args: string[]): string {
    const [program, ...rest] = this.entry;
    const options = { encoding: 'utf8', timeout: commandLimitMs } as const;
    return execFileSync(program, [...rest, command, ...args], options);
  }

  /** True when a process runs in it. */
  holds(pid: number): boolean {
    return (
      readlinkSync(`/proc/${pid}/ns/${this.#kind}`) === readlinkSync(`/proc/${this.pid}/ns/${this.#kind}`)
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#holder.exitCode !== null || this.#holder.signalCode !== null) return;
    const ended = once(this.#holder, 'exit');
    this.#holder.kill('SIGKILL');
    await ended;
  }
}
