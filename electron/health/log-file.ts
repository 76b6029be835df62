// The station's log: JSON lines in the data folder, turned over by size, free of credentials.

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';
import type { Clocks, Instant, MonotonicClock } from '../../recorder/model/clock.ts';
import type { Log } from '../../recorder/model/log.ts';

/** At most this much log is kept: the file being written and the older ones. */
const fileLimit = '10M';
const olderFiles = 5;
/** What a disk has not taken yet; beyond it lines are lost rather than memory. */
const waitingLimitBytes = 2_000_000;
/** A file that could not be written is opened again at the first line after this time. */
const reopenAfterMs = 10_000;
/** A longer line is some library's dump; its head says enough. */
const lineLimitChars = 20_000;

const userInfo = /\b([a-z][a-z0-9+.-]*:\/\/)(?:\\.|[^\s/"\\])*@/gi;

/** Takes user and password out of every address in a text. */
export function withoutUserInfo(text: string): string {
  return text.replace(userInfo, '$1');
}

export interface LogFile {
  readonly log: Log;
  /** Resolves when everything is written. */
  close(): Promise<void>;
}

/** Opens `<dataFolder>/logs/lookout.log`. Losing lines (a full disk) never stops the station, and ends with its cause. */
export function openLog(dataFolder: string, { monotonic }: Pick<Clocks, 'monotonic'>): LogFile {
  const folder = path.join(dataFolder, 'logs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = new LogLines(folder, monotonic, (cause) =>
    log.warn({ err: cause }, 'lines before this one are lost'),
  );
  const log = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (level) => ({ level }) } },
    { write: (line: string) => file.write(bounded(withoutUserInfo(line))) },
  );
  return { log, close: () => file.close() };
}

/** The file, and another one in its place some time after it broke: a stream that failed once takes no more lines. */
class LogLines {
  readonly #folder: string;
  readonly #clock: MonotonicClock;
  readonly #onLost: (cause: Error) => void;
  #stream: RotatingFileStream;
  #broken: { readonly at: Instant; readonly cause: Error } | undefined;

  constructor(folder: string, clock: MonotonicClock, onLost: (cause: Error) => void) {
    this.#folder = folder;
    this.#clock = clock;
    this.#onLost = onLost;
    this.#stream = this.#open();
  }

  write(line: string): void {
    if (this.#broken !== undefined && !this.#mend(this.#broken)) return;
    if (this.#stream.writableLength < waitingLimitBytes) this.#stream.write(line);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#stream.once('error', () => resolve());
      this.#stream.end(() => resolve());
    });
  }

  #mend({ at, cause }: { readonly at: Instant; readonly cause: Error }): boolean {
    if (this.#clock.elapsedMs(at) < reopenAfterMs) return false;
    this.#broken = undefined;
    this.#stream = this.#open();
    // The disk may have taken half of a line.
    this.#stream.write('\n');
    this.#onLost(cause);
    return true;
  }

  #open(): RotatingFileStream {
    // Older files are known by their names: a list of them, written on a full disk, would be lost, and they would stay for ever.
    const stream = createStream('lookout.log', {
      path: this.#folder,
      size: fileLimit,
      rotate: olderFiles,
      mode: 0o600,
    });
    stream.on('error', (cause) => {
      if (stream === this.#stream) this.#broken ??= { at: this.#clock.now(), cause };
    });
    return stream;
  }
}

function bounded(line: string): string {
  return line.length <= lineLimitChars ? line : `${line.slice(0, lineLimitChars)} …\n`;
}
