// All recorders of the station: one supervisor per stream, changed and stopped one by one (product C6). What is recorded
// runs always; what is only shown, while it is watched (product L2).

import { isDeepStrictEqual } from 'node:util';
import type { StreamSource } from '../ffmpeg/source.ts';
import type { LiveHub } from '../live/hub.ts';
import type { Clocks, EpochMs } from '../model/clock.ts';
import type { StorageSaver } from '../model/encoding.ts';
import type { OpenSegment, Segment, TrackLayout } from '../model/footage.ts';
import type { StreamId } from '../model/ids.ts';
import type { Log } from '../model/log.ts';
import type { RecordingMode } from '../model/modes.ts';
import type { StreamState } from '../model/states.ts';
import type { MotionSettings } from '../motion/stream-motion.ts';
import type { FootageLedger, StreamPlace } from '../segments/ledger.ts';
import type { VolumeSource } from '../segments/volumes.ts';
import type { Gap } from './absence.ts';
import type { EncoderChoice } from './encoders.ts';
import { LocalHours } from './local-hours.ts';
import { StartQueue } from './start-queue.ts';
import type { StreamHealth } from './stream-health.ts';
import type { PictureUse } from './stream-pictures.ts';
import { Supervisor } from './supervisor.ts';
import { WatchedStream } from './watched-stream.ts';

export interface RecordersListener {
  onState(streamId: StreamId, state: StreamState): void;
  onPicture(streamId: StreamId, layout: TrackLayout): void;
  /** End of the last complete span on disk. */
  onFootage(streamId: StreamId, newestMs: EpochMs): void;
  /** A gap began, got another reason, or (with `endMs`) ended; one without length has left no row. */
  onGap(streamId: StreamId, gap: Gap): void;
  onSegment(segment: Segment): void;
}

export interface RecordersDependencies {
  readonly clocks: Clocks;
  /** The FFmpeg to use, asked at each start; undefined when there is none. */
  readonly ffmpeg: () => string | undefined;
  readonly volumes: VolumeSource;
  readonly ledger: FootageLedger;
  readonly hub: LiveHub;
  readonly encoders: EncoderChoice;
  /** What small pictures of keyframes are made for; left out, none are made. */
  readonly pictures?: PictureUse;
  readonly log: Log;
  readonly listener: RecordersListener;
  readonly segmentMs: number;
  readonly syncIntervalMs: number;
  /** IANA zone that schedules are read in. */
  readonly zone: string;
  /** A moment at which the program before was still at work, as late as it is known. */
  readonly aliveUntilMs?: EpochMs | undefined;
  /** Made by `endOrphans`, which has to come first. */
  readonly recordersFolder: string;
}

export interface StreamConfig {
  readonly place: StreamPlace;
  readonly source: StreamSource;
  /** Whatever it is, the stream runs for live. */
  readonly mode: RecordingMode;
  /** Makes the pictures smaller than the camera sends them. */
  readonly saver?: StorageSaver | undefined;
}

/** Without a mode it is never recorded. */
type SupervisedConfig = Pick<StreamConfig, 'place' | 'source' | 'saver'> &
  Partial<Pick<StreamConfig, 'mode'>>;

export class Recorders {
  readonly #dependencies: RecordersDependencies;
  readonly #starts: StartQueue;
  readonly #hours: LocalHours;
  readonly #supervisors = new Map<StreamId, Supervisor>();
  readonly #watched = new Map<StreamId, WatchedStream>();

  constructor(dependencies: RecordersDependencies) {
    this.#dependencies = dependencies;
    this.#starts = new StartQueue(dependencies.clocks);
    this.#hours = new LocalHours(dependencies.zone);
    dependencies.hub.onWatched((streamId, isWatched) => this.#watched.get(streamId)?.watch(isWatched));
  }

  /** Starts a stream, or changes it: `mode` alone leaves the connection as it is, another source or saver replaces it. */
  set(config: StreamConfig): void {
    const running = this.#supervisors.get(config.place.streamId);
    if (running === undefined) {
      this.#start(config);
      return;
    }
    if (!sameSource(running.source, config.source)) running.setSource(config.source);
    if (!isDeepStrictEqual(running.saver, config.saver)) running.setSaver(config.saver);
    running.setMode(config.mode);
  }

  /** A stream that is never recorded, or another source of it. */
  setWatched(place: StreamPlace, source: StreamSource): void {
    const { streamId } = place;
    const known = this.#watched.get(streamId);
    if (known !== undefined) {
      if (!sameSource(known.source, source)) known.setSource(source);
      return;
    }
    const open = (from: StreamSource) => this.#supervisor({ place, source: from });
    const stream = new WatchedStream(source, open, this.#dependencies.clocks.timers);
    this.#watched.set(streamId, stream);
    if (this.#dependencies.hub.isWatched(streamId)) stream.watch(true);
  }

  /** Takes effect with the next keyframe, and does not reconnect. */
  setMotion(streamId: StreamId, settings: MotionSettings): void {
    this.#supervisors.get(streamId)?.setMotion(settings);
  }

  /** Resolves when the stream's FFmpeg is gone and its last segment closed. */
  async remove(streamId: StreamId): Promise<void> {
    const supervisor = this.#supervisors.get(streamId);
    const watched = this.#watched.get(streamId);
    this.#supervisors.delete(streamId);
    this.#watched.delete(streamId);
    await Promise.all([supervisor?.stop(undefined), watched?.stop()]);
  }

  state(streamId: StreamId): StreamState {
    return this.#supervisors.get(streamId)?.state ?? { kind: 'off' };
  }

  /** Undefined for a stream that has no recorder. */
  health(streamId: StreamId): StreamHealth | undefined {
    return this.#supervisors.get(streamId)?.health.read();
  }

  /** What the stream carried when it last ran; undefined until its first fragment. */
  picture(streamId: StreamId): TrackLayout | undefined {
    return this.#supervisors.get(streamId)?.picture ?? this.#watched.get(streamId)?.picture;
  }

  openSegment(streamId: StreamId): OpenSegment | undefined {
    return this.#supervisors.get(streamId)?.openSegment();
  }

  /** For the end of the program: every FFmpeg ended, every segment closed, what follows marked as `program-stopped`. */
  async stopAll(): Promise<void> {
    const all = [...this.#supervisors.values()];
    const watched = [...this.#watched.values()];
    this.#supervisors.clear();
    this.#watched.clear();
    await Promise.all([
      ...all.map((supervisor) => supervisor.stop('program-stopped')),
      ...watched.map((stream) => stream.stop()),
    ]);
  }

  #start(config: StreamConfig): void {
    const supervisor = this.#supervisor(config);
    this.#supervisors.set(config.place.streamId, supervisor);
    supervisor.start();
  }

  #supervisor({ place, source, mode, saver }: SupervisedConfig): Supervisor {
    const { streamId } = place;
    const { listener: told, pictures, ...rest } = this.#dependencies;
    const listener = unfailing(told, rest.log);
    const own = { hours: this.#hours, starts: this.#starts, random: Math.random };
    return new Supervisor(
      place,
      source,
      mode,
      saver,
      { ...rest, ...own, pictures: mode === undefined ? undefined : pictures },
      {
        onState: (state) => listener.onState(streamId, state),
        onPicture: (layout) => listener.onPicture(streamId, layout),
        onFootage: (newestMs) => listener.onFootage(streamId, newestMs),
        onGap: (gap) => listener.onGap(streamId, gap),
        onSegment: (segment) => listener.onSegment(segment),
      },
    );
  }
}

/** Whoever is told may ask a catalog, which may fail; what comes from a camera is recorded all the same. */
export function unfailing(listener: RecordersListener, log: Log): RecordersListener {
  const tell = (action: () => void) => {
    try {
      action();
    } catch (error) {
      log.error({ err: error }, 'What happened in a recorder could not be told');
    }
  };
  return {
    onState: (...news) => tell(() => listener.onState(...news)),
    onPicture: (...news) => tell(() => listener.onPicture(...news)),
    onFootage: (...news) => tell(() => listener.onFootage(...news)),
    onGap: (...news) => tell(() => listener.onGap(...news)),
    onSegment: (...news) => tell(() => listener.onSegment(...news)),
  };
}

function sameSource(one: StreamSource, other: StreamSource): boolean {
  if (one.kind === 'test-pattern' || other.kind === 'test-pattern') return one.kind === other.kind;
  if (one.kind === 'rtsp' && other.kind === 'rtsp' && one.transport !== other.transport) return false;
  const [a, b] = [one.signIn, other.signIn];
  return (
    one.kind === other.kind &&
    one.url === other.url &&
    a?.username === b?.username &&
    a?.password === b?.password
  );
}
