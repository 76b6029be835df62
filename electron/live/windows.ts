// The windows that watch live, and which streams travel on each one's connection.

import type { LiveHub } from '../../recorder/live/hub.ts';
import type { Clocks } from '../../recorder/model/clock.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import { LookoutError } from '../contract/errors.ts';
import type { LiveMessage } from '../contract/live-wire.ts';
import { WindowId } from '../contract/shapes.ts';
import { toLiveMessage } from './live-message.ts';
import { WindowConnection } from './window-connection.ts';

/** Windows with a live connection at once; more is a page that connects without end. */
export const windowsLimit = 100;
const beatIntervalMs = 1_000;

export interface Tile {
  readonly channel: number;
  readonly streamId: StreamId;
}

interface ShownTile extends Tile {
  readonly detach: () => void;
}

interface LiveWindow {
  readonly connection: WindowConnection;
  readonly tiles: Map<number, ShownTile>;
}

export interface LiveWindowsParts {
  readonly hub: LiveHub;
  readonly clocks: Clocks;
  /** The streams that can be watched. */
  readonly streams: () => ReadonlySet<StreamId>;
}

export class LiveWindows {
  readonly #parts: LiveWindowsParts;
  readonly #windows = new Map<string, LiveWindow>();

  constructor(parts: LiveWindowsParts) {
    this.#parts = parts;
  }

  /**
   * Answers `GET /live/<windowId>`: a body that does not end, in the format of contract/live-wire.ts, begun by a beat.
   * A new connection of a window replaces its old one and shows nothing until `watch`. Throws LookoutError.
   */
  connect(windowId: string, request: Request): Response {
    if (!WindowId.safeParse(windowId).success) {
      throw new LookoutError('WINDOW_NOT_FOUND', 'This is not the address of a window.');
    }
    this.#windows.get(windowId)?.connection.close();
    if (this.#windows.size >= windowsLimit) {
      throw new LookoutError('NOT_ALLOWED', 'Too many windows are open.', { hint: 'Close some of them.' });
    }
    const { connection } = this.#open(windowId);
    request.signal.addEventListener('abort', () => connection.close(), { once: true });
    return new Response(connection.body, { headers: { 'content-type': 'application/octet-stream' } });
  }

  /**
   * Sets the tiles of a window: those that stay keep running, the others end or begin (with state, init and the current
   * GOP). Nothing changes when one of them is refused. Throws LookoutError.
   */
  watch(windowId: string, tiles: readonly Tile[]): void {
    const window = this.#windows.get(windowId);
    if (window === undefined) {
      throw new LookoutError('WINDOW_NOT_FOUND', 'This window has no live connection.', {
        hint: 'Reload the window.',
        field: 'windowId',
      });
    }
    this.#check(tiles);
    const wanted = new Map(tiles.map((tile) => [tile.channel, tile]));
    for (const [channel, shown] of window.tiles) {
      if (wanted.get(channel)?.streamId === shown.streamId) continue;
      shown.detach();
      window.tiles.delete(channel);
      window.connection.clear(channel);
    }
    for (const { channel, streamId } of tiles) {
      if (window.tiles.has(channel)) continue;
      const detach = this.#parts.hub.attach(streamId, {
        deliver: (item) => window.connection.send(toLiveMessage(channel, item)),
      });
      window.tiles.set(channel, { channel, streamId, detach });
    }
  }

  /** Ends every window's connection. */
  close(): void {
    for (const { connection } of [...this.#windows.values()]) connection.close();
  }

  #open(windowId: string): LiveWindow {
    const { clocks } = this.#parts;
    let cancelBeat = () => {};
    const tiles = new Map<number, ShownTile>();
    const connection = new WindowConnection(clocks, () => {
      cancelBeat();
      for (const tile of tiles.values()) tile.detach();
      this.#windows.delete(windowId);
    });
    const beat = () => {
      connection.send({ kind: 'beat', stationMs: clocks.wall.nowMs() } satisfies LiveMessage);
      cancelBeat = clocks.timers.after(beatIntervalMs, beat);
    };
    const window = { connection, tiles };
    this.#windows.set(windowId, window);
    beat();
    return window;
  }

  #check(tiles: readonly Tile[]): void {
    const channels = new Set<number>();
    const streams = this.#parts.streams();
    tiles.forEach(({ channel, streamId }, at) => {
      if (channels.has(channel)) {
        throw new LookoutError('INVALID_INPUT', 'Two tiles cannot share a channel.', {
          field: `tiles.${at}.channel`,
        });
      }
      channels.add(channel);
      if (!streams.has(streamId)) {
        throw new LookoutError('STREAM_NOT_FOUND', 'There is no such stream.', {
          field: `tiles.${at}.streamId`,
        });
      }
    });
  }
}
