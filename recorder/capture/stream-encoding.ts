// Which encoder the sessions of one stream use: the best there is, and the processor after that one failed.

import type { Encoding } from '../ffmpeg/arguments.ts';
import type { Encoder } from '../ffmpeg/encoders.ts';
import type { StreamSource } from '../ffmpeg/source.ts';
import type { Instant, MonotonicClock } from '../model/clock.ts';
import type { StorageSaver } from '../model/encoding.ts';
import type { CaptureFailure } from '../model/states.ts';
import type { EncoderChoice } from './encoders.ts';

/** How long a stream stays with the processor after its hardware encoder failed. */
const hardwareRestMs = 10 * 60_000;
/** An encoder that hangs looks like a camera that stalls: the next session finds out which it was. */
const suspicious: ReadonlySet<CaptureFailure> = new Set(['stalled', 'no-video']);

export interface EncodingEnd {
  /** FFmpeg's complaint about its encoder, if any. */
  readonly encoderFailure: string | undefined;
  readonly reason: CaptureFailure | undefined;
}

export class StreamEncoding {
  readonly #choice: EncoderChoice;
  readonly #clock: MonotonicClock;
  #saver: StorageSaver | undefined;
  #failedAt: Instant | undefined;
  #inUse: Encoder | undefined;

  constructor(choice: EncoderChoice, clock: MonotonicClock, saver: StorageSaver | undefined) {
    this.#choice = choice;
    this.#clock = clock;
    this.#saver = saver;
  }

  get saver(): StorageSaver | undefined {
    return this.#saver;
  }

  setSaver(saver: StorageSaver | undefined): void {
    this.#saver = saver;
  }

  /** For the next session, whether it will encode or not. */
  next(source: StreamSource): Encoding {
    const { codec = 'h264', ...settings } = this.#saver ?? {};
    const rests = this.#failedAt !== undefined && this.#clock.elapsedMs(this.#failedAt) < hardwareRestMs;
    // The test pattern has to work where nothing else does.
    const plain = rests || (source.kind === 'test-pattern' && this.#saver === undefined);
    const encoder = plain ? this.#choice.software(codec) : this.#choice.best(codec);
    this.#inUse = encoder;
    return { encoder, settings };
  }

  /** A session that encoded has ended by itself. */
  ended({ encoderFailure, reason }: EncodingEnd): void {
    const encoder = this.#inUse;
    if (encoder === undefined || encoder.kind === 'software') return;
    if (encoderFailure !== undefined) this.#choice.failed(encoder, encoderFailure);
    else if (reason === undefined || !suspicious.has(reason)) return;
    this.#failedAt = this.#clock.now();
  }
}
