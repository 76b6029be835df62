// The loop that keeps one stream captured: attempt after attempt, each a session that is thrown away, until it is told to stop.

import type { Failure } from '../ffmpeg/classify.ts';
import { failure } from '../ffmpeg/classify.ts';
import { signInTooLong } from '../ffmpeg/input-list.ts';
import type { StreamSource } from '../ffmpeg/source.ts';
import { firstPlan, type TrackPlan, withoutPictures } from '../ffmpeg/source.ts';
import type { LiveHub } from '../live/hub.ts';
import type { Fragment } from '../media/fragment-cutter.ts';
import type { EpochMs, Instant } from '../model/clock.ts';
import type { StorageSaver } from '../model/encoding.ts';
import type { OpenSegment, TrackLayout } from '../model/footage.ts';
import type { StreamId } from '../model/ids.ts';
import type { RecordingMode } from '../model/modes.ts';
import type { StreamState } from '../model/states.ts';
import type { MotionSettings } from '../motion/stream-motion.ts';
import type { StreamPlace } from '../segments/ledger.ts';
import { Backoff } from './backoff.ts';
import type { EncoderChoice } from './encoders.ts';
import { FailureLog } from './failure-log.ts';
import { NeverRecorded } from './never-recorded.ts';
import { markProcess } from './orphans.ts';
import { Pause } from './pause.ts';
import type { Init, RecordingDependencies, RecordingListener } from './recording.ts';
import { Recording } from './recording.ts';
import type { SessionEnd } from './session.ts';
import { CaptureSession } from './session.ts';
import type { StartQueue } from './start-queue.ts';
import { StreamDecoding } from './stream-decoding.ts';
import { StreamEncoding } from './stream-encoding.ts';
import { StreamHealthRecord } from './stream-health.ts';
import { StreamMemory } from './stream-memory.ts';
import { type PictureUse, StreamPictures } from './stream-pictures.ts';
import { StreamSound } from './stream-sound.ts';
import type { Arrival, Placed } from './wall-anchor.ts';
import { WallAnchor } from './wall-anchor.ts';

/** A camera whose tracks change with every attempt is not started over for ever without a pause. */
const replansInARow = 3;

export interface SupervisorDependencies extends RecordingDependencies {
  /** The FFmpeg to use, or undefined when there is none. */
  readonly ffmpeg: () => string | undefined;
  readonly hub: LiveHub;
  readonly encoders: EncoderChoice;
  /** What small pictures are made for; undefined makes none. */
  readonly pictures?: PictureUse | undefined;
  readonly starts: StartQueue;
  readonly recordersFolder: string;
  readonly random: () => number;
}

export interface SupervisorListener extends Omit<RecordingListener, 'onKeeping'> {
  onState(state: StreamState): void;
  onPicture(layout: TrackLayout): void;
}

/** What one attempt is about, from its first fragment on. */
interface Show {
  readonly init: Init;
  readonly anchor: WallAnchor<Fragment>;
  /** When its first picture was placed. */
  since: Instant | undefined;
}

export class Supervisor {
  readonly health: StreamHealthRecord;
  readonly #streamId: StreamId;
  readonly #dependencies: SupervisorDependencies;
  readonly #listener: SupervisorListener;
  readonly #recording: Recording | NeverRecorded;
  readonly #pictures: StreamPictures | undefined;
  readonly #encoding: StreamEncoding;
  readonly #decoding: StreamDecoding;
  readonly #sound: StreamSound;
  readonly #backoff: Backoff;
  readonly #pause: Pause;
  readonly #memory: StreamMemory;
  #source: StreamSource;
  #session: CaptureSession | undefined;
  #show: Show | undefined;
  #picture: TrackLayout | undefined;
  #state: StreamState = { kind: 'off' };
  #stopping = false;
  #sourceChanged = false;
  #loop: Promise<void> = Promise.resolve();

  /** Without a `mode` the stream is only shown, and leaves nothing in the catalog. */
  constructor(
    place: StreamPlace,
    source: StreamSource,
    mode: RecordingMode | undefined,
    saver: StorageSaver | undefined,
    dependencies: SupervisorDependencies,
    listener: SupervisorListener,
  ) {
    const { clocks, log, random, recordersFolder } = dependencies;
    this.#streamId = place.streamId;
    this.#source = source;
    this.#dependencies = dependencies;
    this.#listener = listener;
    this.#encoding = new StreamEncoding(dependencies.encoders, clocks.monotonic, saver);
    const onRested = () => this.#session && this.#startOver();
    const resting = { streamId: place.streamId, timers: clocks.timers, log, onRested };
    this.#decoding = new StreamDecoding({ ...resting, onSight: () => this.#tellSight() });
    this.#sound = new StreamSound(resting);
    this.#backoff = new Backoff(random);
    this.#pause = new Pause(clocks.timers);
    this.health = new StreamHealthRecord(clocks, new FailureLog(place.streamId, clocks.monotonic, log));
    this.#memory = new StreamMemory(recordersFolder, place.streamId, log);
    this.#recording = mode === undefined ? new NeverRecorded() : this.#recordingOf(place, mode);
    const { pictures } = dependencies;
    this.#pictures = pictures && this.#picturesFor(pictures);
  }

  get state(): StreamState {
    return this.#state;
  }

  get picture(): TrackLayout | undefined {
    return this.#picture;
  }

  get source(): StreamSource {
    return this.#source;
  }

  get saver(): StorageSaver | undefined {
    return this.#encoding.saver;
  }

  openSegment(): OpenSegment | undefined {
    return this.#recording.openSegment();
  }

  start(): void {
    this.#setState({ kind: 'connecting', sinceMs: this.#nowMs() });
    this.#loop = this.#run();
  }

  /** Does not touch the connection to the camera. */
  setMode(mode: RecordingMode): void {
    this.#recording.setMode(mode);
  }

  /** Does not touch the connection to the camera either. */
  setMotion(settings: MotionSettings): void {
    this.#pictures?.setMotion(settings);
    this.#tellSight();
  }

  /** Takes the place of the source so far, at once. */
  setSource(source: StreamSource): void {
    this.#source = source;
    this.#memory.forget();
    this.#decoding.forget();
    this.#sound.forget();
    this.#backoff.forget();
    this.#startOver();
  }

  /** Begins a new session, whose pictures are made smaller, or no more so. */
  setSaver(saver: StorageSaver | undefined): void {
    this.#encoding.setSaver(saver);
    this.#startOver();
  }

  #startOver(): void {
    this.#sourceChanged = true;
    if (this.#session === undefined) this.#setState({ kind: 'connecting', sinceMs: this.#nowMs() });
    else void this.#session.stop();
    this.#pause.end();
  }

  /** `program-stopped` leaves a gap that goes on; undefined is the end of the stream itself. */
  async stop(reason: 'program-stopped' | undefined): Promise<void> {
    this.#stopping = true;
    this.#pause.end();
    await this.#session?.stop();
    await this.#loop;
    this.#decoding.forget();
    this.#sound.forget();
    await this.#recording.close(reason);
    await this.#pictures?.close();
    this.#setState({ kind: 'off' });
    if (reason === undefined) {
      this.#memory.remove();
      this.#dependencies.hub.forget(this.#streamId);
    }
  }

  async #run(): Promise<void> {
    let replans = 0;
    while (!this.#stopping) {
      await this.#dependencies.starts.turn();
      if (this.#stopping) return;
      this.#sourceChanged = false;
      const { end, shownMs } = await this.#attempt();
      if (this.#stopping) return;
      if (this.#sourceChanged) {
        this.#recording.end('starting');
        this.#setState({ kind: 'connecting', sinceMs: this.#nowMs() });
      } else if (end.kind === 'replanned' && ++replans <= replansInARow) {
        this.#memory.note({ plan: this.#sound.replanned(end.plan) });
        if (shownMs > 0) this.#recording.end('stream-changed');
      } else {
        replans = 0;
        await this.#failed(end.kind === 'failed' ? end.failure : failure('stream-changed'), shownMs);
      }
    }
  }

  async #attempt(): Promise<{ end: SessionEnd; shownMs: number }> {
    const { clocks } = this.#dependencies;
    const early = this.#cannotStart();
    if (early !== undefined) return { end: { kind: 'failed', failure: early }, shownMs: 0 };
    let session: CaptureSession;
    try {
      session = this.#newSession();
    } catch (error) {
      // `spawn` itself throws when the machine is out of processes or memory.
      const words = error instanceof Error ? error.message : String(error);
      return { end: { kind: 'failed', failure: failure('no-recorder', words) }, shownMs: 0 };
    }
    this.#session = session;
    const source = this.#source;
    const end = await session.ended;
    this.#session = undefined;
    const { encoderFailure } = session;
    this.#encoding.ended({ encoderFailure, reason: end.kind === 'failed' ? end.failure.reason : undefined });
    const show = this.#show;
    if (show !== undefined) for (const placed of show.anchor.flush()) this.#place(placed);
    this.#show = undefined;
    this.#pictures?.end();
    const isOfBefore = source !== this.#source;
    const learned = isOfBefore ? {} : { keyframeIntervalMs: session.keyframeIntervalMs };
    this.#memory.note({ ...learned, process: undefined });
    const shownMs = show?.since === undefined ? 0 : clocks.monotonic.elapsedMs(show.since);
    this.#decoding.ended(session.mayBeDecoding, shownMs);
    this.#sound.ended(shownMs);
    return { end, shownMs };
  }

  #cannotStart(): Failure | undefined {
    if (this.#dependencies.ffmpeg() === undefined) return failure('no-recorder');
    if (!signInTooLong(this.#source)) return undefined;
    return failure('wrong-password', 'user and password are too long');
  }

  #newSession(): CaptureSession {
    const { clocks, ffmpeg } = this.#dependencies;
    const plan = this.#sound.next(this.#memory.known.plan ?? firstPlan(this.#source));
    const alwaysEncode = this.saver !== undefined;
    const encoded: TrackPlan = alwaysEncode ? { ...plan, video: 'encode' } : plan;
    const encoding = this.#encoding.next(this.#source);
    this.health.attempt(encoded.video === 'encode' ? encoding.encoder : undefined);
    this.#pictures?.begin();
    const used = this.#pictures === undefined ? withoutPictures(encoded) : this.#decoding.next(encoded);
    return new CaptureSession(
      {
        source: this.#source,
        plan: used,
        encoding,
        alwaysEncode,
        ffmpegPath: ffmpeg() ?? '',
        clocks,
        keyframeIntervalMs: this.#memory.known.keyframeIntervalMs,
        onProcess: (pid, args) => this.#memory.note({ process: markProcess(pid, args) }),
      },
      {
        onInit: (bytes, layout) => this.#init({ bytes, layout }),
        onFragment: (fragment, arrival) => this.#fragment(fragment, arrival),
        onPicture: (output, picture) => this.#pictures?.add(output, picture),
        onPicturesLost: (output) => output === 'grey' && this.#decoding.lost(),
      },
    );
  }

  #recordingOf(place: StreamPlace, mode: RecordingMode): Recording {
    const listener = this.#listener;
    return new Recording(place, mode, this.#dependencies, {
      onFootage: (newestMs) => {
        this.#pictures?.footage(newestMs);
        listener.onFootage(newestMs);
      },
      onSegment: (segment) => {
        this.#pictures?.segmentClosed(segment);
        listener.onSegment(segment);
      },
      onGap: (gap) => listener.onGap(gap),
      onKeeping: () => this.#showKeeping(),
    });
  }

  #picturesFor(use: PictureUse): StreamPictures {
    const recording = this.#recording;
    return new StreamPictures({
      streamId: this.#streamId,
      use,
      keeps: () => recording.keeps,
      onMoved: (atMs) => recording.motionSeen(atMs),
      openSegment: () => recording.openSegment(),
      log: this.#dependencies.log,
    });
  }

  /** Where no movement can be found, or none is looked for, the recording does not wait for it. */
  #tellSight(): void {
    const { decodes } = this.#decoding;
    // What was moving is not seen to end.
    if (!decodes) this.#pictures?.end();
    this.#recording.setSight(decodes && this.#pictures?.looksForMotion === true);
    this.health.setSight(decodes);
  }

  #init(init: Init): void {
    const { timescale } = init.layout.video;
    this.#pictures?.setTimescale(timescale);
    this.health.init(timescale);
    const anchor = new WallAnchor<Fragment>(timescale, () => this.#recording.notBeforeMs());
    this.#show = { init, anchor, since: undefined };
    this.#picture = init.layout;
    this.#dependencies.hub.publishInit(this.#streamId, init.layout, init.bytes);
    this.#listener.onPicture(init.layout);
  }

  #fragment(fragment: Fragment, arrival: Arrival): void {
    const show = this.#show;
    if (show === undefined) return;
    this.health.fragment(fragment);
    for (const placed of show.anchor.push(fragment, arrival)) this.#place(placed);
    if (show.anchor.lost) this.#session?.fail(failure('stream-changed', 'its timestamps jumped'));
  }

  #place({ fragment, startMs, arrivedMs, newRun }: Placed<Fragment>): void {
    const show = this.#show;
    if (show === undefined) return;
    if (newRun === 'session') this.#recording.begin(show.init);
    else if (newRun !== undefined)
      this.#recording.beginAgain(newRun === 'clock' ? 'clock-changed' : 'stream-changed');
    this.#recording.keep(fragment, startMs);
    this.#pictures?.placed(fragment, startMs);
    if (newRun === 'session') this.#begin(show);
    const { bytes, startsWithKeyframe } = fragment;
    this.#dependencies.hub.publishFragment(this.#streamId, {
      bytes,
      muxedAtMs: arrivedMs,
      startMs,
      keyframe: startsWithKeyframe,
    });
  }

  #begin(show: Show): void {
    show.since = this.#dependencies.clocks.monotonic.now();
    this.health.recovered();
    if (this.#memory.known.lostMs !== undefined) this.#memory.note({ lostMs: undefined });
    this.#setState({ kind: 'running', sinceMs: this.#nowMs(), ...this.#keeping() });
  }

  /** Says so everywhere, then waits for the next attempt or for a change. */
  async #failed(found: Failure, shownMs: number): Promise<void> {
    const { reason, detail } = found;
    this.#recording.end(reason);
    const delayMs = this.#backoff.next(reason, shownMs);
    this.health.failed(found, shownMs, delayMs);
    const nowMs = this.#nowMs();
    const { lostMs } = this.#memory.known;
    if (lostMs === undefined) this.#memory.note({ lostMs: nowMs });
    const sinceMs = Math.min(lostMs ?? nowMs, nowMs);
    this.#setState({ kind: 'waiting', sinceMs, retryAtMs: Math.round(nowMs + delayMs), reason, detail });
    if (!this.#stopping && !this.#sourceChanged) await this.#pause.wait(delayMs);
  }

  /** Recording began or ended while pictures come, or another reason keeps it from it. */
  #showKeeping(): void {
    const state = this.#state;
    if (state.kind !== 'running') return;
    const next = this.#keeping();
    if (state.recording === next.recording && state.idle === next.idle) return;
    this.#setState({ kind: 'running', sinceMs: state.sinceMs, ...next });
  }

  #keeping(): Pick<Extract<StreamState, { kind: 'running' }>, 'recording' | 'idle'> {
    const { keeps, idle } = this.#recording;
    return { recording: keeps, ...(idle === undefined ? {} : { idle }) };
  }

  #setState(state: StreamState): void {
    this.#state = state;
    this.#dependencies.hub.publishState(this.#streamId, state);
    this.#listener.onState(state);
  }

  #nowMs(): EpochMs {
    return this.#dependencies.clocks.wall.nowMs();
  }
}
