// The hub's promises: first picture at once, nobody waits for a slow viewer, no old picture as a live one.

import { describe, expect, it } from 'vitest';
import type { TrackLayout } from '../model/footage.ts';
import type { StreamId } from '../model/ids.ts';
import { newId } from '../model/ids.ts';
import type { LiveItem } from './hub.ts';
import { LiveHub } from './hub.ts';

const layout: TrackLayout = {
  video: { trackId: 1, codec: 'avc1.64001f', width: 640, height: 360, timescale: 90_000 },
  audio: undefined,
};
const running = { kind: 'running', sinceMs: 1, recording: true } as const;
const waiting = { kind: 'waiting', sinceMs: 2, retryAtMs: 3, reason: 'unreachable', detail: '' } as const;

function fragment(startMs: number, keyframe = false, sizeBytes = 10) {
  return { bytes: new Uint8Array(sizeBytes), muxedAtMs: startMs + 100, startMs, keyframe };
}

/** A viewer whose queue takes `room` items until it is emptied. */
function viewer(room = Number.POSITIVE_INFINITY) {
  const items: LiveItem[] = [];
  const seen = {
    room,
    words: () =>
      items.map((item) => {
        if (item.kind === 'state') return item.state.kind;
        if (item.kind === 'init') return 'init';
        return `${item.skipped ? 'skip ' : ''}${item.keyframe ? 'key' : 'frame'} ${item.startMs}`;
      }),
    deliver(item: LiveItem): boolean {
      if (items.length >= seen.room) return false;
      items.push(item);
      return true;
    },
  };
  return seen;
}

function runningStream() {
  const hub = new LiveHub();
  const streamId = newId<StreamId>();
  hub.publishState(streamId, running);
  hub.publishInit(streamId, layout, new Uint8Array(5));
  return { hub, streamId };
}

describe('LiveHub', () => {
  it('tells when a stream gets its first viewer and when its last one leaves', () => {
    const { hub, streamId } = runningStream();
    const told: boolean[] = [];
    hub.onWatched((id, isWatched) => {
      if (id === streamId) told.push(isWatched);
    });
    const leave = [hub.attach(streamId, viewer()), hub.attach(streamId, viewer())];
    expect(told).toEqual([true]);
    expect(hub.isWatched(streamId)).toBe(true);
    for (const one of leave) one();
    leave[0]?.();
    expect(told).toEqual([true, false]);
    expect(hub.isWatched(streamId)).toBe(false);
  });

  it('gives a new viewer the state, the init section and the current GOP at once', () => {
    const { hub, streamId } = runningStream();
    for (const item of [fragment(0, true), fragment(100), fragment(200, true), fragment(300)])
      hub.publishFragment(streamId, item);
    const tile = viewer();
    hub.attach(streamId, tile);
    expect(tile.words()).toEqual(['running', 'init', 'key 200', 'frame 300']);
  });

  it('skips a slow viewer to the next keyframe and says so', () => {
    const { hub, streamId } = runningStream();
    const slow = viewer(4);
    const quick = viewer();
    hub.attach(streamId, slow);
    hub.attach(streamId, quick);
    for (const item of [fragment(0, true), fragment(100), fragment(200)]) hub.publishFragment(streamId, item);
    slow.room = 100;
    for (const item of [fragment(300), fragment(400, true), fragment(500)])
      hub.publishFragment(streamId, item);
    expect(slow.words()).toEqual(['running', 'init', 'key 0', 'frame 100', 'skip key 400', 'frame 500']);
    expect(quick.words()).toHaveLength(8);
  });

  it('owes a full viewer the newest state and init section before anything else', () => {
    const { hub, streamId } = runningStream();
    const slow = viewer(0);
    hub.attach(streamId, slow);
    hub.publishState(streamId, waiting);
    hub.publishState(streamId, { ...running, sinceMs: 9 });
    hub.publishInit(streamId, layout, new Uint8Array(6));
    slow.room = 100;
    hub.publishFragment(streamId, fragment(100));
    hub.publishFragment(streamId, fragment(200, true));
    expect(slow.words()).toEqual(['running', 'init', 'skip key 200']);
  });

  it('keeps no picture of a recorder that does not run', () => {
    const { hub, streamId } = runningStream();
    hub.publishFragment(streamId, fragment(0, true));
    hub.publishState(streamId, waiting);
    const tile = viewer();
    hub.attach(streamId, tile);
    expect(tile.words()).toEqual(['waiting', 'init']);
  });

  it('waits for a keyframe of the new init section', () => {
    const { hub, streamId } = runningStream();
    const tile = viewer();
    hub.attach(streamId, tile);
    hub.publishFragment(streamId, fragment(0, true));
    hub.publishInit(streamId, layout, new Uint8Array(6));
    hub.publishFragment(streamId, fragment(100));
    hub.publishFragment(streamId, fragment(200, true));
    expect(tile.words()).toEqual(['running', 'init', 'key 0', 'init', 'skip key 200']);
  });

  it('does not keep a GOP without end', () => {
    const { hub, streamId } = runningStream();
    hub.publishFragment(streamId, fragment(0, true, 12 * 1024 * 1024));
    hub.publishFragment(streamId, fragment(100, false, 12 * 1024 * 1024));
    const tile = viewer();
    hub.attach(streamId, tile);
    expect(tile.words()).toEqual(['running', 'init']);
  });

  it('says nothing more after detaching, and nothing of a forgotten stream', () => {
    const { hub, streamId } = runningStream();
    const tile = viewer();
    const detach = hub.attach(streamId, tile);
    detach();
    detach();
    hub.publishFragment(streamId, fragment(0, true));
    expect(tile.words()).toEqual(['running', 'init']);
    hub.forget(streamId);
    const late = viewer();
    hub.attach(streamId, late);
    expect(late.words()).toEqual([]);
  });
});
