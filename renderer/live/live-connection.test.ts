// The connection's protocol and its patience, on streams and clocks made up here.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { encodeLiveMessage } from '../../electron/contract/live-wire.ts';
import { newId, type StreamId } from '../../recorder/model/ids.ts';
import { type ChannelMessage, LiveConnection, type Tile } from './live-connection.ts';

interface Opened {
  readonly send: (bytes: Uint8Array) => void;
  readonly end: () => void;
  readonly signal: AbortSignal;
}

function station(options: { watch?: (tiles: readonly Tile[]) => Promise<void> } = {}) {
  vi.useFakeTimers();
  const opened: Opened[] = [];
  const watched: (readonly Tile[])[] = [];
  const connection = new LiveConnection({
    open: async (signal) =>
      new ReadableStream<Uint8Array>({
        start: (controller) => {
          opened.push({ send: (bytes) => controller.enqueue(bytes), end: () => controller.close(), signal });
        },
      }),
    watch: async (tiles) => {
      watched.push(tiles);
      await options.watch?.(tiles);
    },
    timers: {
      after: (delayMs, action) => {
        const timer = setTimeout(action, delayMs);
        return () => clearTimeout(timer);
      },
    },
    nowMs: () => Date.now(),
  });
  return { connection, opened, watched };
}

function listener() {
  const messages: ChannelMessage[] = [];
  let interruptions = 0;
  return {
    messages,
    interruptions: () => interruptions,
    message: (message: ChannelMessage) => void messages.push(message),
    interrupted: () => {
      interruptions += 1;
    },
  };
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const beat = encodeLiveMessage({ kind: 'beat', stationMs: 1 });
const off = (channel: number) => encodeLiveMessage({ kind: 'state', channel, state: { kind: 'off' } });

afterEach(() => vi.useRealTimers());

describe('LiveConnection', () => {
  it('connects first, then says all tiles at once, each with a channel of its own', async () => {
    const { connection, opened, watched } = station();
    const [gate, yard] = [newId<StreamId>(), newId<StreamId>()];
    const [one, two] = [listener(), listener()];
    connection.subscribe(gate, one);
    connection.subscribe(yard, two);
    await settle();
    expect(opened).toHaveLength(1);
    expect(watched).toEqual([
      [
        { channel: 0, streamId: gate },
        { channel: 1, streamId: yard },
      ],
    ]);
    opened[0]?.send(off(1));
    await settle();
    expect([one.messages.length, two.messages.length]).toEqual([0, 1]);
  });

  it('keeps the connection when tiles change and gives new tiles new channels', async () => {
    const { connection, opened, watched } = station();
    const stop = connection.subscribe(newId<StreamId>(), listener());
    await settle();
    const next = newId<StreamId>();
    stop();
    connection.subscribe(next, listener());
    await settle();
    expect(opened).toHaveLength(1);
    expect(watched.at(-1)).toEqual([{ channel: 1, streamId: next }]);
  });

  it('closes when nobody watches', async () => {
    const { connection, opened } = station();
    const stop = connection.subscribe(newId<StreamId>(), listener());
    await settle();
    stop();
    await settle();
    expect(opened[0]?.signal.aborted).toBe(true);
    expect(connection.silentSinceMs).toBeUndefined();
  });

  it('is silent three seconds after the last sign of life, and heard again with the next', async () => {
    const { connection, opened } = station();
    connection.subscribe(newId<StreamId>(), listener());
    await settle();
    opened[0]?.send(beat);
    await settle();
    const heardMs = Date.now();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(connection.silentSinceMs).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(connection.silentSinceMs).toBe(heardMs);
    opened[0]?.send(beat);
    await settle();
    expect(connection.silentSinceMs).toBeUndefined();
  });

  it('gives a dead connection up and begins anew, telling tiles and station', async () => {
    const { connection, opened, watched } = station();
    const tile = listener();
    connection.subscribe(newId<StreamId>(), tile);
    await settle();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(opened[0]?.signal.aborted).toBe(true);
    expect(tile.interruptions()).toBe(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(opened).toHaveLength(2);
    expect(watched).toHaveLength(2);
  });

  it('connects again after the station ended the stream or did not know it', async () => {
    let refuse = true;
    const { connection, opened, watched } = station({
      watch: async () => {
        if (refuse) throw new Error('WINDOW_NOT_FOUND');
      },
    });
    connection.subscribe(newId<StreamId>(), listener());
    await settle();
    expect(opened[0]?.signal.aborted).toBe(true);
    refuse = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(watched).toHaveLength(2);
    opened[1]?.end();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(opened).toHaveLength(3);
  });
});
