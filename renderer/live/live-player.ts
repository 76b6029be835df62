// One tile's player: live fragments into a <video> by Media Source Extensions, held at the live edge.
// A new init section, an error or a lost connection makes a new MediaSource on the same element; nothing is reset by hand.
import { systemClocks } from '../../recorder/model/clock.ts';
import { FragmentQueue } from './fragment-queue.ts';
import { type FrameReading, LatencyLog } from './latency.ts';
import type { ChannelMessage } from './live-connection.ts';
import { LiveEdge } from './live-edge.ts';
import { LiveSound } from './live-sound.ts';
import { LiveSource, mimeOf } from './live-source.ts';
import { OpeningGate } from './opening-gate.ts';
import { Throughput } from './throughput.ts';
import type { TileFacts } from './tile-status.ts';

type InitMessage = Extract<ChannelMessage, { kind: 'init' }>;
export type PlayerState = TileFacts['playback'];

/** So many failures of the decoder within the time make the tile say so, instead of flickering for ever. */
const failures = { limit: 3, withinMs: 30_000, pauseMs: 10_000 };

/** Of all tiles of the window. */
const openings = new OpeningGate(systemClocks.timers);

export class LivePlayer {
  readonly latency = new LatencyLog();
  readonly throughput = new Throughput();
  readonly #video: HTMLVideoElement;
  readonly #changed: () => void;
  readonly #queue = new FragmentQueue();
  readonly #edge = new LiveEdge();
  #init: InitMessage['init'] | undefined;
  #initBytes: Uint8Array<ArrayBuffer> | undefined;
  #source: LiveSource | undefined;
  #isHeard = false;
  #sound: LiveSound | undefined;
  #state: PlayerState = { kind: 'idle' };
  #failedAtMs: number[] = [];
  #frameCallback = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** Gives the turn at opening to the next tile. */
  #opened: () => void = () => undefined;

  /** `changed` is called when the state becomes another kind, not on every frame. */
  constructor(video: HTMLVideoElement, changed: () => void) {
    this.#video = video;
    this.#changed = changed;
    video.muted = true;
    video.addEventListener('waiting', this.#onWaiting);
    video.addEventListener('error', this.#onError);
    this.#frameCallback = video.requestVideoFrameCallback(this.#onFrame);
  }

  /** Its element shows the newest frame. */
  get video(): HTMLVideoElement {
    return this.#video;
  }

  get state(): PlayerState {
    return this.#state;
  }

  /** What the stream carries as the station said it. */
  get format(): InitMessage['init'] | undefined {
    return this.#init;
  }

  /** Media between the playhead and the newest frame. */
  get bufferedAheadMs(): number {
    const { buffered, currentTime } = this.#video;
    return buffered.length === 0 ? 0 : (buffered.end(buffered.length - 1) - currentTime) * 1_000;
  }

  message(message: ChannelMessage): void {
    if (message.kind === 'init') {
      this.#init = message.init;
      this.#initBytes = Uint8Array.from(message.bytes);
      this.#failedAtMs = [];
      this.#rebuild();
    } else if (message.kind === 'fragment') {
      this.throughput.received(message.bytes.length, performance.now());
      this.#sound?.push({ ...message, bytes: message.bytes.slice() });
      this.#queue.push(message);
      this.#source?.pump();
    }
  }

  /** Plays the stream's sound beside its muted picture, or stops that. */
  listen(isHeard: boolean): void {
    this.#isHeard = isHeard;
    this.#hear();
  }

  /** Nothing of what was shown is true any more; waits for a new init section. */
  stop(): void {
    this.#end();
    this.#set({ kind: 'idle' });
  }

  /** The window can be seen again: what the browser held back while it could not is skipped. */
  resume(): void {
    if (this.#source === undefined) return;
    this.#set({ kind: 'opening' });
    this.#source.jumpToEdge();
  }

  dispose(): void {
    this.stop();
    this.#video.cancelVideoFrameCallback(this.#frameCallback);
    this.#video.removeEventListener('waiting', this.#onWaiting);
    this.#video.removeEventListener('error', this.#onError);
    this.#video.removeAttribute('src');
    this.#video.load();
  }

  #hear(): void {
    this.#sound?.dispose();
    this.#sound = undefined;
    const codec = this.#init?.audioCodec;
    if (!this.#isHeard || codec === undefined || this.#initBytes === undefined) return;
    this.#sound = new LiveSound(this.#initBytes.slice(), codec);
  }

  #end(): void {
    clearTimeout(this.#retry);
    this.#sound?.dispose();
    this.#sound = undefined;
    this.#opened();
    this.#source?.dispose();
    this.#source = undefined;
    this.#queue.clear();
  }

  #rebuild(): void {
    this.#end();
    this.#edge.restart();
    this.latency.restart();
    const init = this.#initBytes;
    if (this.#init === undefined || init === undefined) return;
    const picture = { track: 'vide', codec: this.#init.videoCodec } as const;
    if (!MediaSource.isTypeSupported(mimeOf(picture))) {
      this.#set({ kind: 'undecodable', codec: picture.codec });
      return;
    }
    this.#set({ kind: 'opening' });
    this.#hear();
    this.#opened = openings.enter(() => {
      this.#source = new LiveSource(this.#video, {
        ...picture,
        init: init.slice(),
        queue: this.#queue,
        edge: this.#edge,
        latency: this.latency,
        failed: this.#onError,
      });
    });
  }

  #set(next: PlayerState): void {
    const before = this.#state.kind;
    this.#state = next;
    if (before !== next.kind) this.#changed();
  }

  readonly #onFrame: VideoFrameRequestCallback = (_now, frame) => {
    this.#frameCallback = this.#video.requestVideoFrameCallback(this.#onFrame);
    const source = this.#source;
    // A frame of the picture before a jump is no news.
    if (source === undefined || !source.isCurrent(frame.mediaTime)) return;
    const nowMs = performance.now();
    const wallAheadMs = Date.now() - nowMs;
    const reading: FrameReading | undefined = this.latency.shown(
      frame.mediaTime,
      frame.expectedDisplayTime + wallAheadMs,
    );
    this.throughput.shown(frame.presentedFrames, nowMs);
    if (reading === undefined) return;
    this.#opened();
    this.#set({ kind: 'showing', shownAtMs: nowMs, frameMs: reading.frameMs });
  };

  readonly #onWaiting = () => {
    if (this.#state.kind === 'showing') this.#edge.stalled(performance.now());
  };

  readonly #onError = () => {
    // The element also complains about a source that was taken away on purpose.
    if (this.#source === undefined) return;
    const nowMs = performance.now();
    this.#failedAtMs = [...this.#failedAtMs.filter((atMs) => nowMs - atMs < failures.withinMs), nowMs];
    if (this.#failedAtMs.length < failures.limit) {
      this.#rebuild();
      return;
    }
    this.#end();
    this.#set({ kind: 'broken' });
    this.#retry = setTimeout(() => this.#rebuild(), failures.pauseMs);
  };
}
