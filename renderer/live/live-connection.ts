// The window's one live connection: all tiles' video in a single streaming response, opened while anybody watches.
// Order of the protocol: connect, then say what to watch; a new connection starts without tiles.
import { type LiveMessage, LiveMessageReader } from '../../electron/contract/live-wire.ts';
import type { CancelTimer, Timers } from '../../recorder/model/clock.ts';
import type { StreamId } from '../../recorder/model/ids.ts';

/** The station beats once a second: three missed beats are silence, and a dead connection is given up after six. */
const silentAfterMs = 3_000;
const deadAfterMs = 6_000;
const retryMs = 1_000;
/** Channel numbers are 16 bits on the wire. */
const channelCount = 65_536;

export type ChannelMessage = Extract<LiveMessage, { channel: number }>;

export interface LiveListener {
  message(message: ChannelMessage): void;
  /** The connection was lost: what follows begins anew with state and init. */
  interrupted(): void;
}

export interface Tile {
  readonly channel: number;
  readonly streamId: StreamId;
}

export interface LiveConnectionDeps {
  /** Opens the stream of bytes; rejects when the station refuses or cannot be reached. */
  open(signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
  /** Says which streams travel on the connection. */
  watch(tiles: readonly Tile[], signal: AbortSignal): Promise<void>;
  readonly timers: Timers;
  /** UTC. */
  nowMs(): number;
}

export class LiveConnection {
  readonly #deps: LiveConnectionDeps;
  readonly #tiles = new Map<number, { readonly streamId: StreamId; readonly listener: LiveListener }>();
  #nextChannel = 0;
  #session: AbortController | undefined;
  #heardMs: number;
  #standing = false;
  #telling = false;
  #toldVersion = 0;
  #version = 0;

  constructor(deps: LiveConnectionDeps) {
    this.#deps = deps;
    this.#heardMs = deps.nowMs();
  }

  /** Watches a stream until the answer is called. Every watch is a channel of its own, so nothing old reaches it. */
  subscribe(streamId: StreamId, listener: LiveListener): () => void {
    const channel = this.#freeChannel();
    this.#tiles.set(channel, { streamId, listener });
    this.#changed();
    return () => {
      this.#tiles.delete(channel);
      this.#changed();
    };
  }

  /** UTC ms of the last sign of life while the connection is silent; undefined while it is heard or nobody watches. */
  get silentSinceMs(): number | undefined {
    if (this.#tiles.size === 0) return undefined;
    return this.#deps.nowMs() - this.#heardMs > silentAfterMs ? this.#heardMs : undefined;
  }

  #freeChannel(): number {
    while (this.#tiles.has(this.#nextChannel)) this.#nextChannel = (this.#nextChannel + 1) % channelCount;
    const channel = this.#nextChannel;
    this.#nextChannel = (channel + 1) % channelCount;
    return channel;
  }

  #changed(): void {
    this.#version += 1;
    // Tiles come and go in bunches while the screen is drawn; the station hears the outcome once.
    queueMicrotask(() => {
      if (this.#tiles.size === 0) this.#close();
      else if (this.#session === undefined) void this.#run();
      else void this.#tell();
    });
  }

  #close(): void {
    this.#session?.abort();
    this.#session = undefined;
    this.#standing = false;
  }

  async #run(): Promise<void> {
    this.#heardMs = this.#deps.nowMs();
    while (this.#tiles.size > 0) {
      const session = new AbortController();
      this.#session = session;
      try {
        await this.#read(session);
      } catch {
        // Why it ended does not matter to a tile: it is silent, and says so after three missed beats.
      }
      // Closed on purpose, and perhaps opened anew by somebody else already.
      if (session.signal.aborted && this.#session !== session) return;
      session.abort();
      this.#standing = false;
      for (const { listener } of this.#tiles.values()) listener.interrupted();
      await new Promise<void>((resolve) => this.#deps.timers.after(retryMs, resolve));
      if (this.#session !== session) return;
    }
    this.#session = undefined;
  }

  async #read(session: AbortController): Promise<void> {
    let cancelDeadline: CancelTimer = () => undefined;
    const stillAlive = () => {
      cancelDeadline();
      cancelDeadline = this.#deps.timers.after(deadAfterMs, () => session.abort());
    };
    stillAlive();
    try {
      const body = await this.#deps.open(session.signal);
      this.#standing = true;
      this.#toldVersion = -1;
      void this.#tell();
      const messages = new LiveMessageReader();
      const reader = body.getReader();
      session.signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined));
      for (;;) {
        const { done, value } = await reader.read();
        if (done || session.signal.aborted) return;
        this.#heardMs = this.#deps.nowMs();
        stillAlive();
        for (const message of messages.push(value)) this.#deliver(message);
      }
    } finally {
      cancelDeadline();
    }
  }

  #deliver(message: LiveMessage): void {
    if (message.kind === 'beat') return;
    this.#tiles.get(message.channel)?.listener.message(message);
  }

  /** Tells the station the newest set of tiles; one call at a time, the last set wins. */
  async #tell(): Promise<void> {
    const session = this.#session;
    if (this.#telling || session === undefined || !this.#standing) return;
    this.#telling = true;
    try {
      while (this.#toldVersion !== this.#version && !session.signal.aborted) {
        const version = this.#version;
        const tiles = [...this.#tiles].map(([channel, { streamId }]) => ({ channel, streamId }));
        await this.#deps.watch(tiles, session.signal);
        this.#toldVersion = version;
      }
    } catch {
      // The station does not know this connection (any more): a new one is the remedy.
      session.abort();
    } finally {
      this.#telling = false;
    }
    // A connection that came meanwhile has not heard of any tile yet.
    if (this.#session !== session && this.#standing) void this.#tell();
  }
}
