// One attempt to capture a stream: an FFmpeg, the cutter behind it, and a watch over both. Thrown away when it ends.

import { captureArguments, type Encoding } from '../ffmpeg/arguments.ts';
import type { Failure } from '../ffmpeg/classify.ts';
import { classifyEnding, endedByDecoding, failure } from '../ffmpeg/classify.ts';
import { encoderFailure } from '../ffmpeg/encoders.ts';
import type { InputTracks } from '../ffmpeg/input-dump.ts';
import { betterPlan, InputDump } from '../ffmpeg/input-dump.ts';
import { inputList } from '../ffmpeg/input-list.ts';
import type { FfmpegExit } from '../ffmpeg/process.ts';
import { FfmpegProcess, type PictureOutput } from '../ffmpeg/process.ts';
import { redactor } from '../ffmpeg/redact.ts';
import { hasPictures, type StreamSource, type TrackPlan } from '../ffmpeg/source.ts';
import type { CutItem, Fragment } from '../media/fragment-cutter.ts';
import { FragmentCutter } from '../media/fragment-cutter.ts';
import { MediaError } from '../media/media-error.ts';
import type { Clocks, Instant } from '../model/clock.ts';
import type { TrackLayout } from '../model/footage.ts';
import { NutError, NutReader, type TimedPicture } from '../motion/nut-reader.ts';
import { ParameterSets } from './parameter-sets.ts';
import { SessionWatch } from './session-watch.ts';
import type { Arrival } from './wall-anchor.ts';

/** Output that comes before FFmpeg's words about its input is kept back until these are read; never more than this. */
const earlyLimitBytes = 4 * 1024 * 1024;
/** Frames closer than this are no picture rate: the camera's timestamps stand still or run backwards. */
const shortestFrameMs = 1;
/** So many in one fragment are no accident. */
const shortFrames = 5;

export interface SessionListener {
  onInit(bytes: Uint8Array, layout: TrackLayout): void;
  onFragment(fragment: Fragment, arrival: Arrival): void;
  /** A small picture of a keyframe; it comes before the fragment with its media time, or some keyframes later. */
  onPicture?(output: PictureOutput, picture: TimedPicture): void;
  /** No more pictures of this output come while the session lasts: they cannot be read. */
  onPicturesLost?(output: PictureOutput): void;
}

export interface SessionOptions {
  readonly source: StreamSource;
  readonly plan: TrackPlan;
  /** Used when the plan says that video is encoded. */
  readonly encoding: Encoding;
  /** The plan encodes although it need not. */
  readonly alwaysEncode: boolean;
  readonly ffmpegPath: string;
  readonly clocks: Clocks;
  /** Longest time between keyframes that earlier sessions saw. */
  readonly keyframeIntervalMs: number | undefined;
  /** Called once, when the process runs. */
  readonly onProcess: (pid: number, args: readonly string[]) => void;
}

export type SessionEnd =
  /** We asked for it. */
  | { readonly kind: 'stopped' }
  /** The camera sends other tracks than planned for: to be started over at once. */
  | { readonly kind: 'replanned'; readonly plan: TrackPlan }
  | { readonly kind: 'failed'; readonly failure: Failure };

export class CaptureSession {
  /** Resolves once, when FFmpeg is gone and all its fragments were handed over; never rejects. */
  readonly ended: Promise<SessionEnd>;
  readonly #options: SessionOptions;
  readonly #listener: SessionListener;
  readonly #process: FfmpegProcess;
  readonly #dump = new InputDump();
  readonly #cutter = new FragmentCutter();
  readonly #watch: SessionWatch;
  /** A pipe whose reader failed is still emptied. */
  readonly #pictures: Partial<Record<PictureOutput, NutReader>> = {
    grey: new NutReader(),
    thumbnails: new NutReader(),
  };
  readonly #origin: Instant;
  #early: Uint8Array[] | undefined = [];
  #earlyBytes = 0;
  #ticksPerMs = 1;
  #parameterSets: ParameterSets | undefined;
  #end: SessionEnd | undefined;
  #encoderFailure: string | undefined;
  #mayBeDecoding = false;

  constructor(options: SessionOptions, listener: SessionListener) {
    this.#options = options;
    this.#listener = listener;
    this.#origin = options.clocks.monotonic.now();
    this.#watch = new SessionWatch(options.clocks, options.keyframeIntervalMs, {
      onSilentSound: () => this.#conclude({ kind: 'replanned', plan: { ...options.plan, audio: 'none' } }),
      onFailure: (found) => this.#conclude({ kind: 'failed', failure: found }),
    });
    const args = captureArguments(options.source, options.plan, options.encoding);
    this.#process = new FfmpegProcess(
      options.ffmpegPath,
      args,
      inputList(options.source),
      options.clocks.timers,
      {
        onOutput: (chunk) => this.#output(chunk),
        onWords: (chunk) => this.#words(chunk),
        ...(hasPictures(options.plan)
          ? { onPictures: (output: PictureOutput, chunk: Uint8Array) => this.#picture(output, chunk) }
          : {}),
      },
    );
    if (this.#process.pid !== undefined) options.onProcess(this.#process.pid, args);
    this.ended = this.#process.exited.then((exit) => this.#ending(exit));
  }

  /** What the camera sends, in FFmpeg's words; undefined until FFmpeg has opened it. */
  get tracks(): InputTracks | undefined {
    return this.#dump.tracks;
  }

  /** What FFmpeg said of its encoder, when that is what ended the session. */
  get encoderFailure(): string | undefined {
    return this.#encoderFailure;
  }

  /** Decoding the small pictures may be what ended the session. */
  get mayBeDecoding(): boolean {
    return this.#mayBeDecoding;
  }

  /** Longest time between keyframes seen by this session or known before. */
  get keyframeIntervalMs(): number | undefined {
    return this.#watch.keyframeIntervalMs;
  }

  /** Lets FFmpeg finish its last fragment, within its deadline. */
  async stop(): Promise<void> {
    this.#end ??= { kind: 'stopped' };
    this.#watch.stop();
    await this.#process.stop();
  }

  /** Ends the session for a reason found outside of it. */
  fail(found: Failure): void {
    this.#conclude({ kind: 'failed', failure: found });
  }

  /** An FFmpeg that is of no use any more is not asked, it may not answer (a stopped process, a blocked read). */
  #conclude(end: SessionEnd): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#watch.stop();
    void this.#process.kill();
  }

  #words(chunk: Uint8Array): void {
    if (this.#dump.tracks !== undefined) return;
    const tracks = this.#dump.push(chunk);
    if (tracks === undefined || this.#end !== undefined) return;
    const { source, plan, alwaysEncode } = this.#options;
    const better = betterPlan(source, plan, tracks, alwaysEncode);
    if (better !== undefined) {
      this.#conclude({ kind: 'replanned', plan: better });
      return;
    }
    this.#watch.opened(plan.audio === 'encode' && tracks.audio !== undefined);
    this.#releaseEarly();
  }

  #output(chunk: Uint8Array): void {
    if (this.#early === undefined) {
      this.#cut(chunk);
      return;
    }
    this.#early.push(chunk);
    this.#earlyBytes += chunk.length;
    if (this.#dump.tracks !== undefined || this.#earlyBytes > earlyLimitBytes) this.#releaseEarly();
  }

  #releaseEarly(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const chunk of early) this.#cut(chunk);
  }

  #cut(chunk: Uint8Array): void {
    // A session that is to be thrown away hands nothing over; one that was asked to end finishes its last fragment.
    if (this.#end !== undefined && this.#end.kind !== 'stopped') return;
    let items: CutItem[];
    try {
      items = this.#cutter.push(chunk);
    } catch (error) {
      this.#conclude({ kind: 'failed', failure: outputFailure(error) });
      return;
    }
    const { wall, monotonic } = this.#options.clocks;
    const arrival = { wallMs: wall.nowMs(), monotonicMs: monotonic.elapsedMs(this.#origin) };
    for (const item of items) {
      if (item.kind === 'init') this.#init(item.bytes, item.layout);
      else if (!this.#fragment(item.fragment, arrival)) return;
    }
  }

  #picture(output: PictureOutput, chunk: Uint8Array): void {
    let pictures: TimedPicture[] = [];
    try {
      pictures = this.#pictures[output]?.push(chunk) ?? [];
    } catch (error) {
      if (!(error instanceof NutError)) throw error;
      delete this.#pictures[output];
      this.#listener.onPicturesLost?.(output);
    }
    for (const picture of pictures) this.#listener.onPicture?.(output, picture);
  }

  #init(bytes: Uint8Array, layout: TrackLayout): void {
    this.#ticksPerMs = layout.video.timescale / 1000;
    this.#parameterSets = new ParameterSets(layout.video.codec);
    this.#watch.initCame();
    this.#listener.onInit(bytes, layout);
  }

  #fragment(fragment: Fragment, arrival: Arrival): boolean {
    const change = this.#change(fragment);
    if (change !== undefined) {
      this.#conclude({ kind: 'failed', failure: failure('stream-changed', change) });
      return false;
    }
    this.#watch.fragmentCame(fragment, fragment.startTicks / this.#ticksPerMs);
    this.#listener.onFragment(fragment, arrival);
    return this.#end === undefined || this.#end.kind === 'stopped';
  }

  /** Why the stream cannot go on in this session, if so. */
  #change({ bytes, startsWithKeyframe, videoFrames, durationTicks }: Fragment): string | undefined {
    if (videoFrames >= shortFrames && durationTicks / this.#ticksPerMs < shortestFrameMs * videoFrames) {
      return 'its timestamps stand still';
    }
    const changed = startsWithKeyframe && this.#parameterSets?.changedWith(bytes) === true;
    return changed ? 'another size or profile of its pictures' : undefined;
  }

  #ending(exit: FfmpegExit): SessionEnd {
    this.#watch.stop();
    this.#releaseEarly();
    if (this.#end !== undefined) return this.#end;
    if (this.#options.plan.video === 'encode') this.#encoderFailure = encoderFailure(exit.words);
    const ending = { exit, hadVideo: this.#watch.hadVideo };
    const { plan } = this.#options;
    this.#mayBeDecoding = hasPictures(plan) && endedByDecoding(ending);
    // Without small pictures it may well show its first one: nothing is to be waited for.
    if (this.#mayBeDecoding && !ending.hadVideo) return { kind: 'replanned', plan };
    return { kind: 'failed', failure: classifyEnding(ending, redactor(this.#options.source)) };
  }
}

/** What the cutter could not make sense of. */
function outputFailure(error: unknown): Failure {
  if (!(error instanceof MediaError)) throw error;
  if (error.field === 'moov.trak') return failure('no-video');
  if (error.field === 'stsd') return failure('unsupported-codec', error.message);
  return failure('recorder-ended', `its output cannot be read: ${error.message}`);
}
