// One MediaSource of a tile, from its init section to its end: appends, trims, keeps the playhead at the live edge.
import type { FragmentQueue, LiveFragment } from './fragment-queue.ts';
import type { LatencyLog } from './latency.ts';
import type { LiveEdge, TimeSpan } from './live-edge.ts';
import { keepPictureOfFragment, keepPictureOfInit } from './picture-only.ts';

/** Behind the playhead nothing is ever shown again; a little stays so that trimming is rare. */
const trim = { whenS: 12, toS: 4 };
/** Contiguous for the buffer, though two fragments' times are rounded apart. */
const touchingS = 0.02;

interface LiveSourceDeps {
  readonly init: Uint8Array<ArrayBuffer>;
  readonly videoCodec: string;
  readonly queue: FragmentQueue;
  readonly edge: LiveEdge;
  readonly latency: LatencyLog;
  /** The element or its buffer refused; this source is of no more use. */
  failed(): void;
}

export class LiveSource {
  readonly #video: HTMLVideoElement;
  readonly #deps: LiveSourceDeps;
  readonly #media = new MediaSource();
  readonly #url = URL.createObjectURL(this.#media);
  readonly #videoTrackId: number;
  #buffer: SourceBuffer | undefined;
  #appending: { readonly fragment: LiveFragment; readonly endBeforeS: number | undefined } | undefined;
  #isDisposed = false;
  #isPositioned = false;
  /** Frames before this are of the picture before a jump. */
  #validFromS = 0;

  constructor(video: HTMLVideoElement, deps: LiveSourceDeps) {
    this.#video = video;
    this.#deps = deps;
    this.#videoTrackId = keepPictureOfInit(deps.init) ?? 0;
    this.#media.addEventListener('sourceopen', () => this.#open(), { once: true });
    video.src = this.#url;
  }

  isCurrent(mediaTimeS: number): boolean {
    return this.#isPositioned && mediaTimeS >= this.#validFromS - touchingS;
  }

  /** Appends the next waiting fragment unless the buffer is busy. */
  pump(): void {
    const buffer = this.#buffer;
    if (buffer === undefined || buffer.updating || this.#isDisposed) return;
    for (;;) {
      const fragment = this.#deps.queue.shift();
      if (fragment === undefined) {
        this.#trim(buffer);
        return;
      }
      // FFmpeg also writes fragments that hold nothing but sound.
      if (!keepPictureOfFragment(fragment.bytes, this.#videoTrackId)) continue;
      this.#appending = { fragment, endBeforeS: this.#lastSpan()?.endS };
      this.#try(() => buffer.appendBuffer(fragment.bytes as Uint8Array<ArrayBuffer>));
      return;
    }
  }

  jumpToEdge(): void {
    const live = this.#lastSpan();
    if (live === undefined) return;
    this.#jump(Math.max(live.startS, live.endS - 0.05));
  }

  dispose(): void {
    this.#isDisposed = true;
    URL.revokeObjectURL(this.#url);
  }

  #open(): void {
    if (this.#isDisposed) return;
    this.#try(() => {
      const buffer = this.#media.addSourceBuffer(`video/mp4; codecs="${this.#deps.videoCodec}"`);
      buffer.mode = 'segments';
      this.#buffer = buffer;
      buffer.addEventListener('updateend', () => this.#appended());
      buffer.addEventListener('error', () => this.#fail());
      buffer.appendBuffer(this.#deps.init);
    });
  }

  #appended(): void {
    if (this.#isDisposed) return;
    const done = this.#appending;
    this.#appending = undefined;
    if (done !== undefined) this.#note(done.fragment, done.endBeforeS);
    if (this.#deps.queue.isEmpty) this.#hold();
    this.pump();
  }

  /** Tells the edge and the latency log where the fragment came to lie. */
  #note(fragment: LiveFragment, endBeforeS: number | undefined): void {
    const live = this.#lastSpan();
    if (live === undefined) return;
    const continues = endBeforeS !== undefined && live.startS <= endBeforeS && live.endS > endBeforeS;
    const startS = continues ? endBeforeS : live.startS;
    // The group of pictures a tile opens with comes all at once: how late it is says nothing about the next fragment.
    if (continues && this.#isPositioned && this.#deps.queue.isEmpty) {
      this.#deps.edge.appended(performance.now(), endBeforeS);
    }
    this.#deps.latency.appended({
      startS,
      endS: live.endS,
      muxedAtMs: fragment.muxedAtMs,
      startMs: fragment.startMs,
    });
  }

  #hold(): void {
    const spans = this.#spans();
    if (spans.length === 0 || this.#video.seeking) return;
    if (!this.#isPositioned) {
      this.#isPositioned = true;
      this.jumpToEdge();
      void this.#video.play().catch(() => undefined);
      return;
    }
    const move = this.#deps.edge.move({
      nowMs: performance.now(),
      playheadS: this.#video.currentTime,
      buffered: spans,
    });
    if (move.jumpToS !== undefined) this.#jump(move.jumpToS);
    if (Math.abs(this.#video.playbackRate - move.speed) > 0.004) this.#video.playbackRate = move.speed;
    // The browser pauses muted video it deems unseen.
    if (this.#video.paused && !document.hidden) void this.#video.play().catch(() => undefined);
  }

  #jump(toS: number): void {
    this.#validFromS = toS - 0.5;
    this.#video.currentTime = toS;
  }

  #trim(buffer: SourceBuffer): void {
    const oldest = this.#spans()[0];
    const playheadS = this.#video.currentTime;
    if (oldest === undefined || playheadS - oldest.startS < trim.whenS) return;
    this.#try(() => buffer.remove(0, playheadS - trim.toS));
  }

  #spans(): TimeSpan[] {
    const { buffered } = this.#video;
    return Array.from({ length: buffered.length }, (_, index) => ({
      startS: buffered.start(index),
      endS: buffered.end(index),
    }));
  }

  #lastSpan(): TimeSpan | undefined {
    return this.#spans().at(-1);
  }

  /** A buffer throws when it is full or its source is gone; both end this source. */
  #try(action: () => void): void {
    try {
      action();
    } catch {
      this.#fail();
    }
  }

  #fail(): void {
    if (this.#isDisposed) return;
    this.dispose();
    this.#deps.failed();
  }
}
