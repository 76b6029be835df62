// What a source of footage keeps, and that it lets go of it: hls.js is replaced by its events.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { HlsSource } from './hls-source.ts';

type Listener = (name: string, data: unknown) => void;

const peer = vi.hoisted(() => ({
  listeners: new Map<string, Listener>(),
  destroyed: 0,
  config: { maxBufferLength: 30 },
}));

vi.mock('hls.js', () => {
  class Hls {
    readonly on = (name: string, listener: Listener) => void peer.listeners.set(name, listener);
    readonly destroy = () => {
      peer.destroyed += 1;
    };
    readonly attachMedia = () => undefined;
    readonly loadSource = () => undefined;
    readonly config = peer.config;
  }
  // Every event is known by its own name.
  return { default: Hls, Events: new Proxy({}, { get: (_, name) => name }) };
});

const startMs = Date.UTC(2026, 0, 5, 12);
const fragments = [0, 1, 2].map((index) => ({
  sn: index,
  start: 2 * index,
  duration: 2,
  programDateTime: startMs + 2_000 * index,
  initSegment: null,
}));

function listed(video = new EventTarget()): HlsSource {
  const source = new HlsSource(video as HTMLVideoElement, {
    onMap: () => undefined,
    onFailure: () => undefined,
  });
  peer.listeners.get('LEVEL_UPDATED')?.('', { details: { fragments } });
  return source;
}

beforeEach(() => {
  peer.listeners.clear();
  peer.destroyed = 0;
});

describe('a source of footage', () => {
  it('knows the wall time of what its playlist lists', () => {
    const source = listed();
    expect(source.map.wallAt(3)).toBe(startMs + 3_000);
    expect(source.keyframeMs(startMs + 3_000)).toBe(startMs + 2_000);
  });

  it('loads no more than the sought picture takes until that is there, then well ahead', () => {
    const video = Object.assign(new EventTarget(), { seeking: false });
    const aheadS = () => peer.config.maxBufferLength;
    const source = listed(video);
    const happens = (name: string, seeking: boolean) => {
      video.seeking = seeking;
      video.dispatchEvent(new Event(name));
      return aheadS();
    };
    source.load({
      playlist: '/playlist/x.m3u8',
      atMs: startMs,
      playlistStartMs: startMs,
      videoCodec: 'avc1',
    });
    expect(aheadS()).toBe(1);
    expect(happens('canplay', false)).toBe(30);
    expect(happens('seeking', true)).toBe(1);
    // Of the seek before.
    expect(happens('seeked', true)).toBe(1);
    expect(happens('seeked', false)).toBe(30);
  });

  it('holds nothing of its playlist once it is done with', () => {
    const source = listed();
    source.dispose();
    expect(peer.destroyed).toBe(1);
    expect(source.map.wallAt(3)).toBeUndefined();
    expect(source.keyframeMs(startMs + 3_000)).toBeUndefined();
  });
});
