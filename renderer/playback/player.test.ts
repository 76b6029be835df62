// What a player makes of what is asked for: hls.js is replaced by its events, the video element by one that shows nothing.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { madeScreen, makeGlobals } from '../made-browser.ts';
import { footageOf } from '../timeline/footage.ts';
import { Player } from './player.ts';

type Listener = (name: string, data: unknown) => void;

const peer = vi.hoisted(() => ({ listeners: new Map<string, Listener>() }));

vi.mock('hls.js', () => {
  class Hls {
    static readonly isSupported = () => true;
    readonly on = (name: string, listener: Listener) => void peer.listeners.set(name, listener);
    readonly destroy = () => undefined;
    readonly attachMedia = () => undefined;
    readonly loadSource = () => undefined;
    readonly config = {};
  }
  // Every event is known by its own name.
  return { default: Hls, Events: new Proxy({}, { get: (_, name) => name }) };
});

const startMs = Date.UTC(2026, 0, 5, 12);
const endS = 60;
const newestMs = startMs + endS * 1_000;
/** Key frames every four seconds. */
const fragments = Array.from({ length: endS / 4 }, (_, index) => ({
  sn: index,
  start: 4 * index,
  duration: 4,
  programDateTime: startMs + 4_000 * index,
  initSegment: null,
}));

/** As HTML has it: played at its end it begins anew. */
class MadeVideo extends EventTarget {
  currentTime = 0;
  paused = true;
  ended = false;
  seeking = false;
  readyState = 4;
  playbackRate = 1;
  defaultPlaybackRate = 1;
  readonly buffered = { length: 0 };
  #painted: (now: number, frame: { mediaTime: number }) => void = () => undefined;

  play(): Promise<void> {
    if (this.ended) this.currentTime = 0;
    this.ended = false;
    this.paused = false;
    return Promise.resolve();
  }

  pause(): void {
    this.paused = true;
  }

  requestVideoFrameCallback(painted: (now: number, frame: { mediaTime: number }) => void): number {
    this.#painted = painted;
    return 1;
  }

  cancelVideoFrameCallback(): void {
    this.#painted = () => undefined;
  }

  paint(mediaS: number): void {
    this.#painted(0, { mediaTime: mediaS });
  }

  /** As the browser ends what it plays. */
  end(): void {
    Object.assign(this, { currentTime: endS, ended: true, paused: true });
    this.dispatchEvent(new Event('ended'));
  }
}

const browser = {
  document: { hidden: false },
  MediaSource: { isTypeSupported: () => true },
  ...madeScreen,
};
let takeAway: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  takeAway = makeGlobals(browser);
});
afterEach(() => {
  vi.useRealTimers();
  takeAway();
});

/** Plays the first minute of a recording, with the picture of its third second on screen. */
async function playing(knownNewestMs: EpochMs = newestMs) {
  const video = new MadeVideo();
  const opened: EpochMs[] = [];
  const coverage = [{ startMs, endMs: knownNewestMs }];
  const footage = footageOf(
    { startMs, endMs: knownNewestMs, mergeMs: 0 },
    { coverage, gaps: [], oldestMs: startMs, newestMs: knownNewestMs },
  );
  const player = new Player(video as unknown as HTMLVideoElement, {
    open: (atMs) => {
      opened.push(atMs);
      return Promise.resolve({ playlist: 'x', atMs, playlistStartMs: startMs, videoCodec: 'avc1' });
    },
    footage: () => footage,
    loop: () => undefined,
  });
  player.seek(startMs + 3_000);
  player.play();
  await vi.advanceTimersByTimeAsync(0);
  peer.listeners.get('LEVEL_UPDATED')?.('', { details: { fragments } });
  video.paint(3);
  expect(player.shown()?.wallMs).toBe(startMs + 3_000);
  return { video, player, opened, phase: () => player.store.getState().phase };
}

describe('a player', () => {
  it('stays at the end of the recordings, whatever is pressed', async () => {
    const { video, player, opened, phase } = await playing();
    video.end();
    for (const press of [
      () => player.play(),
      () => player.setSpeed(2),
      () => player.toggle(),
      () => player.toggle(),
    ]) {
      press();
      expect(video.currentTime).toBe(endS);
      expect(phase()).toEqual({ kind: 'waiting', atNewest: true });
    }
    expect(opened).toHaveLength(1);
    player.dispose();
  });

  it('goes on from its end with what was recorded since', async () => {
    const { video, player, opened } = await playing(newestMs + 10_000);
    player.pause();
    Object.assign(video, { currentTime: endS, ended: true });
    player.play();
    expect(opened).toEqual([startMs + 3_000, newestMs]);
    player.dispose();
  });

  it('plays at a rate that is bent above the fastest speed', async () => {
    const { video, player } = await playing();
    player.pause();
    player.setSpeed(4);
    player.setRate(5);
    player.play();
    expect(video.paused).toBe(false);
    expect(player.rate).toBe(5);
    expect(player.store.getState().speed).toBe(4);
    player.dispose();
  });

  it.each([8, 16, -1])('goes from %i× to the newest footage', async (speed) => {
    const { video, player } = await playing();
    player.setSpeed(speed);
    video.seeking = true;
    await vi.advanceTimersByTimeAsync(100);
    player.goToNewest();
    expect(player.targetMs()).toBe(newestMs - 2_000);
    expect(video.currentTime).toBeCloseTo(endS - 2, 1);
    expect(player.store.getState()).toMatchObject({ playing: true, speed: 1 });
    player.dispose();
  });
});
