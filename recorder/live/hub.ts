// Fan-out of live fragments: every viewer of a stream gets the same bytes, nobody waits for a slow one.

import type { EpochMs } from '../model/clock.ts';
import type { TrackLayout } from '../model/footage.ts';
import type { StreamId } from '../model/ids.ts';
import type { StreamState } from '../model/states.ts';

/** A GOP beyond this is not kept: who opens the tile then waits for the next keyframe. 32 s of 4 Mbit/s. */
const gopLimitBytes = 16 * 1024 * 1024;

export interface LiveFragment {
  /** `prft moof mdat`; shared by all viewers, so nobody may change them. */
  readonly bytes: Uint8Array;
  /** When it left FFmpeg's muxer, UTC ms. */
  readonly muxedAtMs: number;
  /** Wall time of its first video frame. */
  readonly startMs: EpochMs;
  readonly keyframe: boolean;
}

export type LiveItem =
  | { readonly kind: 'state'; readonly state: StreamState }
  | { readonly kind: 'init'; readonly layout: TrackLayout; readonly bytes: Uint8Array }
  | ({
      readonly kind: 'fragment';
      /** Something between the fragment delivered before and this one was left out. */
      readonly skipped: boolean;
    } & LiveFragment);

export interface LiveViewer {
  /** Takes the item, or returns false because its queue is full. Must not call back into the hub. */
  deliver(item: LiveItem): boolean;
}

type InitItem = Extract<LiveItem, { kind: 'init' }>;

/** One viewer and what it still has to be told. */
class Seat {
  readonly #viewer: LiveViewer;
  #stateOwed: StreamState | undefined;
  #initOwed: InitItem | undefined;
  /** True until a keyframe was taken: a viewer that falls behind goes on at the newest one (product L3). */
  #needsKeyframe = true;
  #skipped = false;

  constructor(viewer: LiveViewer) {
    this.#viewer = viewer;
  }

  state(state: StreamState): void {
    this.#stateOwed = state;
    this.#settle();
  }

  init(item: InitItem): void {
    this.#initOwed = item;
    this.#needsKeyframe = true;
    this.#settle();
  }

  fragment(fragment: LiveFragment): void {
    if (!this.#settle() || (this.#needsKeyframe && !fragment.keyframe)) {
      this.#skip();
      return;
    }
    if (this.#viewer.deliver({ kind: 'fragment', ...fragment, skipped: this.#skipped })) {
      this.#needsKeyframe = false;
      this.#skipped = false;
    } else {
      this.#skip();
    }
  }

  #skip(): void {
    this.#needsKeyframe = true;
    this.#skipped = true;
  }

  /** Tries to hand over what is owed; true when nothing is. */
  #settle(): boolean {
    if (this.#stateOwed !== undefined) {
      if (!this.#viewer.deliver({ kind: 'state', state: this.#stateOwed })) return false;
      this.#stateOwed = undefined;
    }
    if (this.#initOwed !== undefined) {
      if (!this.#viewer.deliver(this.#initOwed)) return false;
      this.#initOwed = undefined;
    }
    return true;
  }
}

class Channel {
  readonly seats = new Set<Seat>();
  state: StreamState | undefined;
  init: InitItem | undefined;
  gop: LiveFragment[] = [];
  gopBytes = 0;
}

/**
 * Live video of all streams. Publishing is synchronous and never blocks. Whoever attaches gets the state, the init
 * section and the current GOP at once, so that a tile shows its first picture without waiting for the camera (product L4).
 */
export class LiveHub {
  readonly #channels = new Map<StreamId, Channel>();
  #watchedChanged: (streamId: StreamId, isWatched: boolean) => void = () => undefined;

  /** `changed` hears when a stream gets its first viewer and when its last one leaves. */
  onWatched(changed: (streamId: StreamId, isWatched: boolean) => void): void {
    this.#watchedChanged = changed;
  }

  isWatched(streamId: StreamId): boolean {
    return (this.#channels.get(streamId)?.seats.size ?? 0) > 0;
  }

  publishState(streamId: StreamId, state: StreamState): void {
    const channel = this.#channel(streamId);
    channel.state = state;
    // Without a running recorder the kept GOP is an old picture, and a new viewer must not take it for a live one (product L5).
    if (state.kind !== 'running') this.#dropGop(channel);
    for (const seat of channel.seats) seat.state(state);
  }

  publishInit(streamId: StreamId, layout: TrackLayout, bytes: Uint8Array): void {
    const channel = this.#channel(streamId);
    channel.init = { kind: 'init', layout, bytes };
    this.#dropGop(channel);
    for (const seat of channel.seats) seat.init(channel.init);
  }

  publishFragment(streamId: StreamId, fragment: LiveFragment): void {
    const channel = this.#channel(streamId);
    if (fragment.keyframe) this.#dropGop(channel);
    if (fragment.keyframe || channel.gop.length > 0) {
      channel.gop.push(fragment);
      channel.gopBytes += fragment.bytes.length;
      if (channel.gopBytes > gopLimitBytes) this.#dropGop(channel);
    }
    for (const seat of channel.seats) seat.fragment(fragment);
  }

  /** The stream is gone for good; its viewers stay attached and hear nothing more until it is published again. */
  forget(streamId: StreamId): void {
    const channel = this.#channels.get(streamId);
    if (channel === undefined) return;
    channel.state = undefined;
    channel.init = undefined;
    this.#dropGop(channel);
    if (channel.seats.size === 0) this.#channels.delete(streamId);
  }

  /** Returns what detaches the viewer; harmless when called twice. */
  attach(streamId: StreamId, viewer: LiveViewer): () => void {
    const channel = this.#channel(streamId);
    const seat = new Seat(viewer);
    if (channel.state !== undefined) seat.state(channel.state);
    if (channel.init !== undefined) seat.init(channel.init);
    for (const fragment of channel.gop) seat.fragment(fragment);
    channel.seats.add(seat);
    if (channel.seats.size === 1) this.#watchedChanged(streamId, true);
    return () => {
      if (!channel.seats.delete(seat)) return;
      if (channel.seats.size === 0) this.#watchedChanged(streamId, false);
      const unused = channel.seats.size === 0 && channel.state === undefined;
      if (unused && this.#channels.get(streamId) === channel) this.#channels.delete(streamId);
    };
  }

  #channel(streamId: StreamId): Channel {
    let channel = this.#channels.get(streamId);
    if (channel === undefined) {
      channel = new Channel();
      this.#channels.set(streamId, channel);
    }
    return channel;
  }

  #dropGop(channel: Channel): void {
    channel.gop = [];
    channel.gopBytes = 0;
  }
}
