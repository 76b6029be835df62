// What one stream's recorder knows of its camera, noted for the next program as well.

import type { StreamId } from '../model/ids.ts';
import type { Log } from '../model/log.ts';
import {
  type RecorderFile,
  readRecorderFile,
  recorderFile,
  removeRecorderFile,
  writeRecorderFile,
} from './recorder-file.ts';

export class StreamMemory {
  readonly #streamId: StreamId;
  readonly #log: Log;
  readonly #file: string;
  #known: RecorderFile;

  constructor(folder: string, streamId: StreamId, log: Log) {
    this.#streamId = streamId;
    this.#log = log;
    this.#file = recorderFile(folder, streamId);
    this.#known = { ...readRecorderFile(this.#file), process: undefined };
  }

  get known(): RecorderFile {
    return this.#known;
  }

  /** What differs from before. A disk that refuses that costs nothing but a slower start, and a later since. */
  note(news: RecorderFile): void {
    this.#known = { ...this.#known, ...news };
    try {
      writeRecorderFile(this.#file, this.#known);
    } catch (error) {
      this.#log.warn(
        { streamId: this.#streamId, err: error },
        'What was learned of a camera cannot be noted',
      );
    }
  }

  /** Another camera is to come: what was learned of this one holds no longer. */
  forget(): void {
    this.#known = { process: this.#known.process };
  }

  remove(): void {
    removeRecorderFile(this.#file);
  }
}
