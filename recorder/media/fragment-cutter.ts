// Cuts the byte stream of FFmpeg's MP4 muxer into its init section and its fragments.

import type { TrackLayout } from '../model/footage.ts';
import { type BoxHeader, longestHeaderBytes, readBoxHeader } from './box.ts';
import { ByteQueue } from './byte-queue.ts';
import { ByteReader } from './byte-reader.ts';
import { type InitContent, readInitSection } from './init-section.ts';
import { MediaError } from './media-error.ts';
import { readMovieFragment } from './movie-fragment.ts';
import { readWallTime } from './producer-reference-time.ts';

/** One `prft moof mdat`. A fragment with audio alone has no `prft`: FFmpeg writes it for the first track only. */
export interface Fragment {
  /** All its boxes in one piece; nobody else holds these bytes, so they may be stamped. */
  readonly bytes: Uint8Array;
  /** When the muxer began to write it, UTC milliseconds with a fraction; with audio alone, that of the one before. */
  readonly muxedAtMs: number;
  /** Decode time of its first video frame; with audio alone, where the video of the one before ended. */
  readonly startTicks: number;
  /** Duration of its video frames; 0 with audio alone. */
  readonly durationTicks: number;
  readonly startsWithKeyframe: boolean;
  readonly videoFrames: number;
}

export type CutItem =
  | {
      readonly kind: 'init';
      readonly offsetBytes: number;
      readonly bytes: Uint8Array;
      readonly layout: TrackLayout;
    }
  | { readonly kind: 'fragment'; readonly offsetBytes: number; readonly fragment: Fragment };

export interface CutterLimits {
  /** The largest init section; FFmpeg's are 1 to 2 kB. */
  readonly initLimitBytes: number;
  /** The largest fragment: half a second at 500 Mbit/s. */
  readonly fragmentLimitBytes: number;
}

export const defaultCutterLimits: CutterLimits = {
  initLimitBytes: 1024 * 1024,
  fragmentLimitBytes: 32 * 1024 * 1024,
};

/** What may stand between fragments and is not kept: a stored file is `ftyp moov (prft? moof mdat)*` and nothing else. */
const dropped = new Set(['styp', 'sidx', 'ssix', 'emsg', 'free', 'skip', 'mfra', 'uuid', 'udta', 'meta']);

/** The boxes of a unit and what may follow what; a unit is given out when the last of its kind is whole. */
const followers: Readonly<Record<string, readonly string[]>> = {
  '': ['ftyp', 'prft', 'moof'],
  ftyp: ['moov'],
  prft: ['moof'],
  moof: ['mdat'],
};

/**
 * Push what the pipe brings, in pieces of any size; whole items come out, in order, as soon as their last byte is in.
 * Memory is bounded by the limits, time is linear in the bytes. A `MediaError` is final: the cutter is of no use after
 * it. Items that were whole before the bytes went wrong still come out, and the error with the next push. What comes after the last whole fragment stays inside and is never given out: the end of the stream is the
 * caller's to know.
 */
export class FragmentCutter {
  readonly #limits: CutterLimits;
  readonly #queue = new ByteQueue();
  #init: InitContent | undefined;
  /** Bytes that left the queue: where the unit being collected begins in the stream. */
  #offsetBytes = 0;
  /** Boxes of the unit whose headers were read end here, counted from the unit's begin. */
  #scannedBytes = 0;
  #last = '';
  #dropBytes = 0;
  #muxedAtMs = 0;
  #endTicks = 0;
  #failure: MediaError | undefined;

  constructor(limits: CutterLimits = defaultCutterLimits) {
    this.#limits = limits;
  }

  push(piece: Uint8Array): CutItem[] {
    if (this.#failure !== undefined) throw this.#failure;
    this.#queue.push(piece);
    const items: CutItem[] = [];
    try {
      while (this.#dropRest() && this.#scan()) {
        if (this.#last !== 'moov' && this.#last !== 'mdat') continue;
        if (this.#queue.lengthBytes < this.#scannedBytes) break;
        items.push(this.#takeUnit());
      }
    } catch (error) {
      if (!(error instanceof MediaError) || items.length === 0) throw error;
      this.#failure = error;
    }
    return items;
  }

  /** False while a dropped box goes on beyond what has come. */
  #dropRest(): boolean {
    const bytes = this.#queue.drop(this.#dropBytes);
    this.#dropBytes -= bytes;
    this.#offsetBytes += bytes;
    return this.#dropBytes === 0;
  }

  /** Reads the header of the unit's next box; false while it has not come. A complete list of headers needs no more. */
  #scan(): boolean {
    if (this.#last === 'moov' || this.#last === 'mdat') return true;
    const start = this.#queue.peek(this.#scannedBytes, longestHeaderBytes);
    // A 64-bit size is only told by its first four bytes, so the shorter header must be whole before either is read.
    if (start.length < 8) return false;
    const is64Bit = start[0] === 0 && start[1] === 0 && start[2] === 0 && start[3] === 1;
    if (is64Bit && start.length < longestHeaderBytes) return false;
    const header = placed(this.#offsetBytes + this.#scannedBytes, () =>
      readBoxHeader(start, 0, start.length),
    );
    if (this.#last === '' && dropped.has(header.type)) {
      this.#dropBytes = header.sizeBytes;
      return true;
    }
    this.#accept(header);
    return true;
  }

  #accept({ type, sizeBytes }: BoxHeader): void {
    const atBytes = this.#offsetBytes + this.#scannedBytes;
    if (!followers[this.#last]?.includes(type)) {
      const after = this.#last === '' ? 'between fragments' : `after ${this.#last}`;
      throw new MediaError('Box.type', atBytes, `a ${type} box ${after}`);
    }
    const isInit = type === 'ftyp' || type === 'moov';
    if (!isInit && this.#init === undefined) {
      throw new MediaError('Box.type', atBytes, `a ${type} box before ftyp and moov`);
    }
    const limitBytes = isInit ? this.#limits.initLimitBytes : this.#limits.fragmentLimitBytes;
    if (this.#scannedBytes + sizeBytes > limitBytes) {
      throw new MediaError('Box.size', atBytes, `${type} exceeds the limit of ${limitBytes} bytes`);
    }
    this.#scannedBytes += sizeBytes;
    this.#last = type;
  }

  #takeUnit(): CutItem {
    const offsetBytes = this.#offsetBytes;
    const isInit = this.#last === 'moov';
    const bytes = this.#queue.take(this.#scannedBytes);
    this.#offsetBytes += bytes.length;
    this.#scannedBytes = 0;
    this.#last = '';
    if (!isInit) {
      return {
        kind: 'fragment',
        offsetBytes,
        fragment: placed(offsetBytes, () => this.#readFragment(bytes)),
      };
    }
    const init = placed(offsetBytes, () => readInitSection(bytes));
    this.#init = init;
    this.#endTicks = 0;
    return { kind: 'init', offsetBytes, bytes, layout: init.layout };
  }

  #readFragment(bytes: Uint8Array): Fragment {
    const { layout, defaults } = this.#init as InitContent;
    const first = readBoxHeader(bytes, 0, bytes.length);
    const hasTime = first.type === 'prft';
    if (hasTime) this.#muxedAtMs = readWallTime(bytes);
    const moofAtBytes = hasTime ? first.sizeBytes : 0;
    const moof = hasTime ? readBoxHeader(bytes, moofAtBytes, bytes.length) : first;
    const payload = new ByteReader(
      bytes,
      moofAtBytes + moof.headerBytes,
      moofAtBytes + moof.sizeBytes,
      'moof',
    );
    const tracks = readMovieFragment(payload, defaults);
    const video = tracks.find(
      ({ trackId, sampleCount }) => trackId === layout.video.trackId && sampleCount > 0,
    );
    if (video !== undefined && !hasTime) throw payload.error('prft', 'missing before video', moofAtBytes);
    const startTicks = video?.baseMediaDecodeTime ?? this.#endTicks;
    const durationTicks = video?.durationTicks ?? 0;
    this.#endTicks = startTicks + durationTicks;
    return {
      bytes,
      muxedAtMs: this.#muxedAtMs,
      startTicks,
      durationTicks,
      startsWithKeyframe: video?.startsWithSyncSample ?? false,
      videoFrames: video?.sampleCount ?? 0,
    };
  }
}

/** Does `read`, and has its errors count from the begin of the stream: what it reads begins at `offsetBytes`. */
function placed<T>(offsetBytes: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MediaError)) throw error;
    throw new MediaError(error.field, offsetBytes + error.offsetBytes, error.problem);
  }
}
