// When the program was last at work, for the next one: a power cut leaves no other word of it.

import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { CancelTimer, Clocks, EpochMs } from '../../recorder/model/clock.ts';
import type { Log } from '../../recorder/model/log.ts';

/** A gap of a killed program is told to this. */
const beatMs = 60_000;

export interface HeartbeatParts {
  readonly dataFolder: string;
  readonly clocks: Pick<Clocks, 'wall' | 'timers'>;
  readonly log: Log;
}

/**
 * The time of an empty file: it cannot be torn, and costs no sync; a file system writes it within half a minute, which a
 * beat more or less does not make worse.
 */
export class Heartbeat {
  /** When the program before was last at work; undefined when none has said so. Later than now after the clock was set back. */
  readonly beforeMs: EpochMs | undefined;
  readonly #parts: HeartbeatParts;
  readonly #file: string;
  #cancel: CancelTimer = () => undefined;
  #beating: Promise<void> = Promise.resolve();
  #isStopped = false;
  #failed = false;

  constructor(parts: HeartbeatParts) {
    this.#parts = parts;
    this.#file = path.join(parts.dataFolder, 'alive');
    this.beforeMs = timeOf(this.#file);
  }

  /** Once the recorders have told how the program before ended: from then on the file is of this one. */
  start(): void {
    this.#beating = this.#beat().then(() => {
      if (!this.#isStopped) this.#cancel = this.#parts.clocks.timers.after(beatMs, () => this.start());
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#beating;
  }

  async #beat(): Promise<void> {
    const { clocks, log } = this.#parts;
    const seconds = clocks.wall.nowMs() / 1_000;
    try {
      const file = await open(this.#file, 'a', 0o600);
      try {
        await file.utimes(seconds, seconds);
      } finally {
        await file.close();
      }
      this.#failed = false;
    } catch (error) {
      if (!this.#failed) log.warn({ err: error }, 'That the program is at work cannot be noted');
      this.#failed = true;
    }
  }
}

function timeOf(file: string): EpochMs | undefined {
  try {
    const { mtimeMs } = statSync(file);
    return Math.round(mtimeMs);
  } catch {
    return undefined;
  }
}
