// One MediaSource of a tile, from its init section to its end: appends, trims, keeps the playhead at the live edge.

import type { TrackKind } from '../media/boxes.ts';
import type { FragmentQueue, LiveFragment } from './fragment-queue.ts';
import type { LatencyLog } from './latency.ts';
import type { LiveEdge, TimeSpan } from './live-edge.ts';
import { keepTrackOfFragment, keepTrackOfInit } from './one-track.ts';

/** Behind the playhead nothing is ever shown again; a little stays so that trimming is rare. */
const trim = { whenS: 12, toS: 4 };
/** Contiguous for the buffer, though two fragments' times are rounded apart. */
const touchingS = 0.02;
/** From the muxer into this buffer, about: what a fragment of the past would have taken that came in one bunch at opening. */
const wayMs = 20;

interface LiveSourceDeps {
  /** Becomes this source's own: other tracks are taken out of it. */
  readonly init: Uint8Array<ArrayBuffer>;
  readonly track: TrackKind;
  /** RFC 6381. */
  readonly codec: string;
  readonly queue: FragmentQueue;
  readonly edge: LiveEdge;
  readonly latency: LatencyLog;
  /** The element or its buffer refused; this source is of no more use. */
  failed(): void;
}

export function mimeOf({ track, codec }: Pick<LiveSourceDeps, 'track' | 'codec'>): string {
  return `${track === 'vide' ? 'video' : 'audio'}/mp4; codecs="${codec}"`;
}

export class LiveSource {
  readonly #element: HTMLMediaElement;
  readonly #deps: LiveSourceDeps;
  readonly #media = new MediaSource();
  readonly #url = URL.createObjectURL(this.#media);
  readonly #trackId: number;
  #buffer: SourceBuffer | undefined;
  #appending: { readonly fragment: LiveFragment; readonly endBeforeS: number | undefined } | undefined;
  #isDisposed = false;
  #isPositioned = false;
  /** Where the newest group of pictures begins. */
  #keyframeS = 0;
  readonly #ended = new AbortController();
  /** Frames before this are of the picture before a jump. */
  #validFromS = 0;

  constructor(element: HTMLMediaElement, deps: LiveSourceDeps) {
    this.#element = element;
    this.#deps = deps;
    this.#trackId = keepTrackOfInit(deps.init, deps.track) ?? 0;
    this.#media.addEventListener('sourceopen', () => this.#open(), { once: true });
    // A seek takes its time, in which the edge went on.
    element.addEventListener('seeked', () => this.#hold(), { signal: this.#ended.signal });
    element.src = this.#url;
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
      if (!keepTrackOfFragment(fragment.bytes, this.#trackId)) continue;
      this.#appending = { fragment, endBeforeS: this.#lastSpan()?.endS };
      this.#try(() => buffer.appendBuffer(fragment.bytes as Uint8Array<ArrayBuffer>));
      return;
    }
  }

  jumpToEdge(): void {
    const live = this.#lastSpan();
    if (live !== undefined) this.#jump(this.#deps.edge.entry(performance.now(), live));
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#ended.abort();
    URL.revokeObjectURL(this.#url);
  }

  #open(): void {
    if (this.#isDisposed) return;
    this.#try(() => {
      const buffer = this.#media.addSourceBuffer(mimeOf(this.#deps));
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
    if (live === undefined || (endBeforeS !== undefined && live.endS <= endBeforeS)) return;
    const continues = endBeforeS !== undefined && live.startS <= endBeforeS;
    const startS = continues ? endBeforeS : live.startS;
    if (fragment.keyframe) this.#keyframeS = startS;
    this.#deps.edge.arrived(this.#arrivalMs(fragment), startS);
    this.#deps.latency.appended({
      startS,
      endS: live.endS,
      muxedAtMs: fragment.muxedAtMs,
      startMs: fragment.startMs,
    });
  }

  /**
   * When it came here, or would have come had the tile been open: the group of pictures a tile opens with comes all at
   * once, but its muxing times (the station's clock is this machine's) say already how far back the tile has to rest.
   */
  #arrivalMs(fragment: LiveFragment): number {
    const nowMs = performance.now();
    if (this.#isPositioned && this.#deps.queue.isEmpty) return nowMs;
    return Math.min(nowMs, nowMs - (Date.now() - fragment.muxedAtMs) + wayMs);
  }

  #hold(): void {
    const spans = this.#spans();
    if (spans.length === 0 || this.#element.seeking || this.#isDisposed) return;
    if (!this.#isPositioned) {
      this.#isPositioned = true;
      this.jumpToEdge();
      void this.#element.play().catch(() => undefined);
      return;
    }
    const move = this.#deps.edge.move({
      nowMs: performance.now(),
      playheadS: this.#element.currentTime,
      buffered: spans,
      keyframeS: this.#keyframeS,
    });
    if (move.jumpToS !== undefined) this.#jump(move.jumpToS);
    if (Math.abs(this.#element.playbackRate - move.speed) > 0.004) this.#element.playbackRate = move.speed;
    // The browser pauses muted video it deems unseen.
    if (this.#element.paused && !document.hidden) void this.#element.play().catch(() => undefined);
  }

  #jump(toS: number): void {
    this.#validFromS = toS - 0.5;
    this.#element.currentTime = toS;
  }

  #trim(buffer: SourceBuffer): void {
    const oldest = this.#spans()[0];
    const playheadS = this.#element.currentTime;
    if (oldest === undefined || playheadS - oldest.startS < trim.whenS) return;
    this.#try(() => buffer.remove(0, playheadS - trim.toS));
  }

  #spans(): TimeSpan[] {
    const { buffered } = this.#element;
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
