// Tries a camera before it is added: what does it send, or why does it not?

import { plainEncoding } from '../ffmpeg/arguments.ts';
import type { Failure } from '../ffmpeg/classify.ts';
import { explain, failure } from '../ffmpeg/classify.ts';
import type { InputTracks } from '../ffmpeg/input-dump.ts';
import { signInTooLong } from '../ffmpeg/input-list.ts';
import type { StreamSource, TrackPlan } from '../ffmpeg/source.ts';
import { firstPlan, withoutPictures } from '../ffmpeg/source.ts';
import type { Fragment } from '../media/fragment-cutter.ts';
import type { Clocks } from '../model/clock.ts';
import type { TrackLayout } from '../model/footage.ts';
import type { CaptureFailure } from '../model/states.ts';
import type { SessionEnd } from './session.ts';
import { CaptureSession } from './session.ts';

/** Pictures are watched for this long: two keyframes of nearly every camera. */
const watchMs = 5_000;
/** Three keyframes tell their interval, so the test need not go on. */
const enoughKeyframes = 3;
/** The operator waits no longer than this; a camera that does not answer takes FFmpeg's own 10 s. */
const testLimitMs = 15_000;
/** An other plan for the tracks is tried as often as a recorder would. */
const attemptsLimit = 4;

const longKeyframeIntervalS = 4;
const highBitRate = 12_000_000;
const lowFps = 5;
/** Of one Mbit/s. */
const gigabytesADay = 10.8;

export interface CameraFound {
  readonly ok: true;
  readonly video: {
    readonly codec: string;
    readonly width: number;
    readonly height: number;
    /** As measured, not as declared. */
    readonly fps: number;
    readonly keyframeIntervalS?: number;
  };
  readonly audio?: { readonly codec: string; readonly sampleRate: number; readonly channels: number };
  readonly warnings: string[];
}

export interface CameraNotFound {
  readonly ok: false;
  readonly reason: CaptureFailure;
  readonly message: string;
  readonly hint?: string;
}

interface Measured {
  readonly fps: number;
  readonly bitsPerSecond: number;
  readonly keyframeIntervalS: number | undefined;
}

/** What the fragments of a test add up to. The first is left out as far as possible: its first frame has no true time yet. */
class Sample {
  #frames = 0;
  #bytes = 0;
  #fromTicks: number | undefined;
  #untilTicks = 0;
  #isFirst = true;
  readonly #keyframeTicks: number[] = [];

  add(fragment: Fragment): void {
    if (fragment.videoFrames === 0) return;
    if (fragment.startsWithKeyframe) this.#keyframeTicks.push(fragment.startTicks);
    if (!this.#isFirst) {
      this.#fromTicks ??= fragment.startTicks;
      this.#frames += fragment.videoFrames;
      this.#bytes += fragment.bytes.length;
      this.#untilTicks = fragment.startTicks + fragment.durationTicks;
    }
    this.#isFirst = false;
  }

  get keyframes(): number {
    return this.#keyframeTicks.length;
  }

  /** Undefined without a second fragment. */
  measure(timescale: number): Measured | undefined {
    const seconds = (this.#untilTicks - (this.#fromTicks ?? this.#untilTicks)) / timescale;
    if (seconds <= 0) return undefined;
    const sure = this.#keyframeTicks.slice(this.#keyframeTicks.length > 2 ? 1 : 0);
    const [first = 0] = sure;
    const intervals = sure.length - 1;
    const spanS = ((sure.at(-1) ?? first) - first) / timescale;
    return {
      fps: Math.round((this.#frames / seconds) * 10) / 10,
      bitsPerSecond: (this.#bytes * 8) / seconds,
      keyframeIntervalS: intervals > 0 ? Math.round((spanS / intervals) * 10) / 10 : undefined,
    };
  }
}

/** The names operators know, for FFmpeg's. */
const codecNames: Readonly<Record<string, string>> = {
  h264: 'H.264',
  hevc: 'H.265',
  mjpeg: 'MJPEG',
  mpeg4: 'MPEG-4',
  aac: 'AAC',
  pcm_alaw: 'G.711 A-law',
  pcm_mulaw: 'G.711 µ-law',
  adpcm_g726: 'G.726',
  adpcm_g726le: 'G.726',
  opus: 'Opus',
};
const nameOf = (codec: string) => codecNames[codec] ?? codec;

interface Attempt {
  readonly end: SessionEnd;
  readonly tracks: InputTracks | undefined;
  readonly layout: TrackLayout | undefined;
  readonly sample: Sample;
}

/**
 * Opens the camera as a recorder would, watches it for some seconds and lets it go. Takes at most `testLimitMs`. Rejects
 * with the signal's reason when it is aborted, after the camera was let go.
 */
export async function testConnection(
  source: StreamSource,
  ffmpegPath: string,
  clocks: Clocks,
  signal: AbortSignal | undefined,
): Promise<CameraFound | CameraNotFound> {
  if (signInTooLong(source)) return notFound(failure('wrong-password', 'user and password are too long'));
  const began = clocks.monotonic.now();
  let plan = withoutPictures(firstPlan(source));
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    const limitMs = testLimitMs - clocks.monotonic.elapsedMs(began);
    const { end, ...seen } = await watch(source, plan, ffmpegPath, clocks, signal, limitMs);
    signal?.throwIfAborted();
    if (end.kind === 'failed') return notFound(end.failure);
    if (end.kind === 'stopped') return found(seen, source, plan);
    if (attempt === attemptsLimit) return notFound(failure('stream-changed'));
    plan = end.plan;
  }
}

async function watch(
  source: StreamSource,
  plan: TrackPlan,
  ffmpegPath: string,
  clocks: Clocks,
  signal: AbortSignal | undefined,
  limitMs: number,
): Promise<Attempt> {
  const sample = new Sample();
  let layout: TrackLayout | undefined;
  let cancelEnough: (() => void) | undefined;
  const session = new CaptureSession(
    {
      ...{ source, plan, ffmpegPath, clocks },
      encoding: plainEncoding,
      alwaysEncode: false,
      keyframeIntervalMs: undefined,
      onProcess: () => undefined,
    },
    {
      onInit: (_bytes, found) => {
        layout = found;
      },
      onFragment: (fragment) => {
        sample.add(fragment);
        cancelEnough ??= clocks.timers.after(watchMs, stop);
        if (sample.keyframes >= enoughKeyframes) stop();
      },
    },
  );
  function stop(): void {
    void session.stop();
  }
  const cancelLimit = clocks.timers.after(limitMs, () => {
    if (sample.keyframes > 0) stop();
    else session.fail(failure('timed-out'));
  });
  signal?.addEventListener('abort', stop);
  const end = await session.ended;
  signal?.removeEventListener('abort', stop);
  cancelLimit();
  cancelEnough?.();
  return { end, tracks: session.tracks, layout, sample };
}

function notFound({ reason, detail }: Failure): CameraNotFound {
  const { hint } = explain(reason);
  return { ok: false, reason, message: detail, ...(hint === undefined ? {} : { hint }) };
}

function found(
  { tracks, layout, sample }: Omit<Attempt, 'end'>,
  source: StreamSource,
  plan: TrackPlan,
): CameraFound | CameraNotFound {
  const measured = layout === undefined ? undefined : sample.measure(layout.video.timescale);
  if (layout === undefined || measured === undefined || tracks?.video === undefined) {
    return notFound(failure('no-video'));
  }
  const { fps, keyframeIntervalS } = measured;
  const { width, height } = layout.video;
  const audio = plan.audio === 'none' ? undefined : tracks.audio;
  // The test pattern comes as raw pictures; to everybody else it is a camera with H.264.
  const codec = source.kind === 'test-pattern' ? 'h264' : tracks.video.codec;
  const warnings = [...videoWarnings(codec, measured)];
  if (audio === undefined && tracks.audio !== undefined) {
    warnings.push('The sound it announces does not come; it is recorded without sound.');
  }
  return {
    ok: true,
    video: {
      codec: nameOf(codec),
      width,
      height,
      fps,
      ...(keyframeIntervalS === undefined ? {} : { keyframeIntervalS }),
    },
    ...(audio === undefined ? {} : { audio: { ...audio, codec: nameOf(audio.codec) } }),
    warnings,
  };
}

function* videoWarnings(
  codec: string,
  { fps, bitsPerSecond, keyframeIntervalS }: Measured,
): Generator<string> {
  const advice = 'Set the keyframe interval (GOP) of the camera to 1 to 2 s.';
  if (keyframeIntervalS === undefined) {
    yield `There was no second keyframe within ${watchMs / 1000} s. ${advice}`;
  } else if (keyframeIntervalS > longKeyframeIntervalS) {
    yield `A keyframe every ${keyframeIntervalS} s makes seeking and opening slow. ${advice}`;
  }
  if (codec === 'hevc') yield 'H.265 is recorded as it is, but not every computer can show it.';
  else if (codec !== 'h264') {
    yield `${nameOf(codec)} has to be encoded on this computer, which costs much more than H.264 or H.265.`;
  }
  if (bitsPerSecond > highBitRate) {
    const megabits = Math.round(bitsPerSecond / 1e6);
    yield `${megabits} Mbit/s fill ${Math.round(megabits * gigabytesADay)} GB a day.`;
  }
  if (fps < lowFps) yield `Only ${fps} pictures per second come.`;
}
