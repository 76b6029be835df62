// One FFmpeg child: spawned without a shell, its words kept first and last, ended with a deadline.
// It is tied to us by the kernel where that can be done (tie.ts), and everywhere by its stdout: when we are gone its next
// write fails and it ends; a silent camera is given up by its own time-out (input-list.ts). What survives even that is
// found at the next start (capture/orphans.ts).

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { Timers } from '../model/clock.ts';
import { outputs } from './arguments.ts';
import { childEnvironment } from './environment.ts';
import { tied, tieFailure } from './tie.ts';

/** FFmpeg has this long to write its last fragment after it was asked to end. */
const stopGraceMs = 2_000;
/** A killed process that is still there after this is stuck in the kernel; nobody waits for it any longer. */
const killGraceMs = 2_000;
/** How much of the beginning and of the end of stderr is kept. */
const wordsLimitBytes = 8 * 1024;

export interface FfmpegExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** True when we asked it to end; everything else is a crash, whatever the code (architecture.md). */
  readonly asked: boolean;
  /** Why it could not be started at all, in the system's words. */
  readonly spawnError: string | undefined;
  /** The first and the last of stderr as FFmpeg said it: may hold credentials, see redact.ts. */
  readonly words: string;
}

export type PictureOutput = 'grey' | 'thumbnails';

export interface FfmpegListener {
  /** Bytes of stdout; the buffer belongs to the listener. */
  onOutput(chunk: Uint8Array): void;
  /** Bytes of stderr as they come. */
  onWords(chunk: Uint8Array): void;
  /**
   * Bytes of the picture outputs. Left out: the process has none. They are always read, whatever becomes of them: a full
   * pipe would stop FFmpeg, and the footage with it.
   */
  onPictures?(output: PictureOutput, chunk: Uint8Array): void;
}

/** First and last bytes of a stream of any length, in bounded memory and without copying what is dropped. */
export class BoundedWords {
  readonly #limitBytes: number;
  readonly #first: Uint8Array[] = [];
  #firstBytes = 0;
  #last: Uint8Array[] = [];
  #lastBytes = 0;
  #dropped = false;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  add(chunk: Uint8Array): void {
    const room = this.#limitBytes - this.#firstBytes;
    if (room > 0) {
      this.#first.push(chunk.slice(0, room));
      this.#firstBytes += Math.min(room, chunk.length);
    }
    if (chunk.length <= room) return;
    const rest = chunk.subarray(Math.max(0, room));
    this.#last.push(rest);
    this.#lastBytes += rest.length;
    while (this.#lastBytes - (this.#last[0]?.length ?? 0) >= this.#limitBytes) {
      this.#lastBytes -= this.#last.shift()?.length ?? 0;
      this.#dropped = true;
    }
  }

  text(): string {
    const first = Buffer.concat(this.#first).toString('utf8');
    const last = Buffer.concat(this.#last);
    const dropped = this.#dropped || last.length > this.#limitBytes;
    return first + (dropped ? '\n…\n' : '') + last.subarray(-this.#limitBytes).toString('utf8');
  }
}

export class FfmpegProcess {
  /** Resolves once, when the process is gone and all it wrote has been handed over; never rejects. */
  readonly exited: Promise<FfmpegExit>;
  readonly #child: ChildProcess;
  readonly #timers: Timers;
  readonly #words = new BoundedWords(wordsLimitBytes);
  #asked = false;
  #spawnError: string | undefined;
  #resolve: (exit: FfmpegExit) => void = () => undefined;

  /** `input` is written to stdin, which is then closed. */
  constructor(
    path: string,
    args: readonly string[],
    input: string | undefined,
    timers: Timers,
    listener: FfmpegListener,
  ) {
    this.#timers = timers;
    this.exited = new Promise((resolve) => (this.#resolve = resolve));
    const [command, ...rest] = tied(path, args);
    this.#child = spawn(command, rest, {
      shell: false,
      windowsHide: true,
      cwd: tmpdir(),
      env: childEnvironment(),
      // The last two are `outputs.grey` and `outputs.thumbnails` of arguments.ts.
      stdio: listener.onPictures === undefined ? ['pipe', 'pipe', 'pipe'] : Array(5).fill('pipe'),
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => listener.onOutput(chunk));
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#words.add(chunk);
      listener.onWords(chunk);
    });
    this.#readPictures('grey', outputs.grey, listener);
    this.#readPictures('thumbnails', outputs.thumbnails, listener);
    // A process that is gone before it read its list says so by its exit.
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stdin?.end(input ?? '');
    this.#child.on('error', (error: NodeJS.ErrnoException) => {
      this.#spawnError ??= error.code ?? error.message;
      if (this.#child.pid === undefined) this.#gone(null, null);
    });
    this.#child.on('close', (code, signal) => this.#gone(code, signal));
  }

  /** Undefined when nothing could be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Asks FFmpeg to finish its last fragment and end; kills it after the grace. */
  stop(): Promise<FfmpegExit> {
    if (!this.#asked) {
      this.#asked = true;
      this.#child.kill('SIGTERM');
      this.#within(stopGraceMs, () => void this.kill());
    }
    return this.exited;
  }

  /** Ends a process that does not answer any more, without asking. */
  kill(): Promise<FfmpegExit> {
    this.#asked = true;
    this.#child.kill('SIGKILL');
    this.#within(killGraceMs, () => this.#gone(null, 'SIGKILL'));
    return this.exited;
  }

  #readPictures(output: PictureOutput, descriptor: number, listener: FfmpegListener): void {
    const pipe = this.#child.stdio[descriptor];
    pipe?.on('data', (chunk: Buffer) => listener.onPictures?.(output, chunk));
    // Whatever breaks it, the process says by its exit.
    pipe?.on('error', () => undefined);
  }

  #within(graceMs: number, action: () => void): void {
    const cancel = this.#timers.after(graceMs, action);
    void this.exited.then(cancel);
  }

  #gone(code: number | null, signal: string | null): void {
    const words = this.#words.text();
    const spawnError = this.#spawnError ?? tieFailure(code, words);
    this.#resolve({ code, signal, asked: this.#asked, spawnError, words });
  }
}
