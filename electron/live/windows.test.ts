// Live windows: tiles come and go on one connection, a slow window skips, nobody's memory grows.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MadeClock } from '../../recorder/capture/made-clock.ts';
import { LiveHub } from '../../recorder/live/hub.ts';
import type { TrackLayout } from '../../recorder/model/footage.ts';
import { newId, type StreamId } from '../../recorder/model/ids.ts';
import { type LiveMessage, LiveMessageReader } from '../contract/live-wire.ts';
import { queueLimitMs } from './window-connection.ts';
import { LiveWindows, windowsLimit } from './windows.ts';

const layout: TrackLayout = {
  video: { trackId: 1, codec: 'avc1.64001f', width: 640, height: 360, timescale: 90_000 },
  audio: undefined,
};

let clocks: MadeClock;
const nowMs = () => clocks.wall.nowMs();
let hub: LiveHub;
let windows: LiveWindows;
const [gate, yard] = [newId<StreamId>(), newId<StreamId>()];

beforeEach(() => {
  clocks = new MadeClock();
  hub = new LiveHub();
  windows = new LiveWindows({ hub, clocks, streams: () => new Set([gate, yard]) });
});
afterEach(() => windows.close());

const connect = (windowId: string, signal?: AbortSignal) =>
  windows.connect(windowId, new Request('http://station/live/x', signal === undefined ? {} : { signal }));

/** A window that reads when asked to. */
function openWindow() {
  const windowId = crypto.randomUUID();
  const response = connect(windowId);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const wire = new LiveMessageReader();
  /** Everything up to and with the next beat, which is sent first. */
  const read = async (): Promise<LiveMessage[]> => {
    await clocks.pass(1_000);
    const messages: LiveMessage[] = [];
    for (;;) {
      const { value } = await reader.read();
      if (value === undefined) return messages;
      for (const message of wire.push(value)) {
        if (message.kind === 'beat' && message.stationMs === nowMs()) return messages;
        if (message.kind !== 'beat') messages.push(message);
      }
    }
  };
  return { windowId, response, reader, read };
}

function publish(streamId: StreamId, keyframe: boolean, sizeBytes = 10): void {
  hub.publishFragment(streamId, {
    bytes: new Uint8Array(sizeBytes),
    muxedAtMs: nowMs(),
    startMs: nowMs(),
    keyframe,
  });
}

const told = (messages: readonly LiveMessage[]) =>
  messages.map((message) => `${message.kind} ${message.kind === 'beat' ? '' : message.channel}`);

describe('tiles of a window', () => {
  it('get state, init and the current GOP at once, then what comes', async () => {
    hub.publishState(gate, { kind: 'running', sinceMs: 0, recording: true });
    hub.publishInit(gate, layout, new Uint8Array(5));
    publish(gate, true);
    publish(gate, false);
    const window = openWindow();
    windows.watch(window.windowId, [{ channel: 7, streamId: gate }]);
    publish(gate, false);
    expect(told(await window.read())).toEqual([
      'state 7',
      'init 7',
      'fragment 7',
      'fragment 7',
      'fragment 7',
    ]);
  });

  it('that stay are not begun anew, that go are silent', async () => {
    hub.publishInit(gate, layout, new Uint8Array(5));
    hub.publishInit(yard, layout, new Uint8Array(5));
    const window = openWindow();
    windows.watch(window.windowId, [{ channel: 1, streamId: gate }]);
    await window.read();
    windows.watch(window.windowId, [
      { channel: 1, streamId: gate },
      { channel: 2, streamId: yard },
    ]);
    expect(told(await window.read())).toEqual(['init 2']);
    publish(gate, true);
    windows.watch(window.windowId, [{ channel: 2, streamId: yard }]);
    publish(gate, false);
    publish(yard, true);
    expect(told(await window.read())).toEqual(['fragment 2']);
  });

  it('a channel given to another stream carries nothing of the old one', async () => {
    hub.publishInit(gate, layout, new Uint8Array(5));
    const window = openWindow();
    windows.watch(window.windowId, [{ channel: 1, streamId: gate }]);
    publish(gate, true);
    windows.watch(window.windowId, [{ channel: 1, streamId: yard }]);
    hub.publishState(yard, { kind: 'connecting', sinceMs: 0 });
    expect(told(await window.read())).toEqual(['state 1']);
  });

  it('are refused together when one of them is wrong', async () => {
    hub.publishInit(gate, layout, new Uint8Array(5));
    const window = openWindow();
    const good = { channel: 1, streamId: gate };
    expect(() => windows.watch(window.windowId, [good, { channel: 2, streamId: newId() }])).toThrow(
      'no such stream',
    );
    expect(() => windows.watch(window.windowId, [good, { channel: 1, streamId: yard }])).toThrow(
      'share a channel',
    );
    expect(() => windows.watch(crypto.randomUUID(), [good])).toThrow('no live connection');
    expect(await window.read()).toEqual([]);
  });
});

describe('a slow window', () => {
  it('skips to a keyframe instead of showing the past, and loses no state', async () => {
    const window = openWindow();
    windows.watch(window.windowId, [{ channel: 1, streamId: gate }]);
    hub.publishInit(gate, layout, new Uint8Array(5));
    publish(gate, true);
    clocks.sleep(queueLimitMs + 1);
    publish(gate, false);
    hub.publishState(gate, { kind: 'connecting', sinceMs: 1 });
    hub.publishState(gate, { kind: 'running', sinceMs: 2, recording: true });
    publish(gate, false);
    publish(gate, true);
    const messages = await window.read();
    expect(told(messages)).toEqual(['init 1', 'state 1', 'fragment 1']);
    expect(messages[1]).toMatchObject({ state: { kind: 'running' } });
    expect(messages[2]).toMatchObject({ keyframe: true, skipped: true });
  });

  it('does not slow another one down', async () => {
    const [slow, quick] = [openWindow(), openWindow()];
    hub.publishInit(gate, layout, new Uint8Array(5));
    for (const { windowId } of [slow, quick]) windows.watch(windowId, [{ channel: 1, streamId: gate }]);
    await quick.read();
    for (let second = 0; second < 5; second++) {
      publish(gate, true);
      expect(told(await quick.read())).toEqual(['fragment 1']);
    }
    // Looked at when a fragment comes, here one a second, and read another second later.
    const fragments = (await slow.read()).filter((message) => message.kind === 'fragment');
    for (const { startMs } of fragments) expect(nowMs() - startMs).toBeLessThanOrEqual(queueLimitMs + 2_000);
  });

  it('holds a bounded number of bytes, whatever comes', async () => {
    const window = openWindow();
    hub.publishInit(gate, layout, new Uint8Array(5));
    windows.watch(window.windowId, [{ channel: 1, streamId: gate }]);
    for (let at = 0; at < 40; at++) publish(gate, true, 4 * 1024 * 1024);
    const fragments = (await window.read()).filter((message) => message.kind === 'fragment');
    expect(fragments.length).toBeLessThanOrEqual(17);
  });
});

describe('a connection', () => {
  it('begins with a beat and beats each second', async () => {
    const { reader } = openWindow();
    const wire = new LiveMessageReader();
    const beats: LiveMessage[] = [];
    const begunMs = nowMs();
    for (let second = 0; second < 3; second++) {
      const { value } = await reader.read();
      beats.push(...wire.push(value ?? new Uint8Array()));
      await clocks.pass(1_000);
    }
    expect(beats).toEqual(
      [0, 1_000, 2_000].map((afterMs) => ({ kind: 'beat', stationMs: begunMs + afterMs })),
    );
  });

  it('of the same window replaces the old one', async () => {
    const first = openWindow();
    windows.watch(first.windowId, [{ channel: 1, streamId: gate }]);
    connect(first.windowId);
    await first.read();
    expect((await first.reader.read()).done).toBe(true);
    windows.watch(first.windowId, []);
  });

  it('that goes away takes its tiles and its beat along', async () => {
    const window = openWindow();
    windows.watch(window.windowId, [{ channel: 1, streamId: gate }]);
    await window.reader.cancel();
    expect(clocks.timerCount).toBe(0);
    expect(() => windows.watch(window.windowId, [])).toThrow('no live connection');

    const leaving = new AbortController();
    const other = crypto.randomUUID();
    connect(other, leaving.signal);
    leaving.abort();
    expect(() => windows.watch(other, [])).toThrow('no live connection');
  });

  it.each(['', 'x', '../..', `${crypto.randomUUID()}/`, 'g'.repeat(36)])('is not made for %j', (windowId) => {
    expect(() => connect(windowId)).toThrow('not the address of a window');
  });

  it('has a limited number of others beside it', () => {
    for (let at = 0; at < windowsLimit; at++) connect(crypto.randomUUID());
    expect(() => connect(crypto.randomUUID())).toThrow('Too many windows');
  });
});
