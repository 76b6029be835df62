// When a playing picture is said to stand, and when no longer.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { makeGlobals } from '../made-browser.ts';
import { atFirst, type Phase, type PlayerState } from './player-state.ts';
import { watchForStalls } from './stalls.ts';

let takeAway: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  takeAway = makeGlobals({ document: { hidden: false } });
});
afterEach(() => {
  vi.useRealTimers();
  takeAway();
});

const newestMs = 1_000_000;

/** A video with its next picture loaded, playing at `shownMs`; it tells and stands as it is told to. */
function playing(state: Partial<PlayerState> = {}, shownMs = newestMs - 60_000) {
  const video = Object.assign(new EventTarget(), { ended: false, readyState: 4 });
  const store = createStore<PlayerState>(() => ({
    ...atFirst,
    playing: true,
    phase: { kind: 'showing' },
    ...state,
  }));
  const ending = new AbortController();
  const opened: number[] = [];
  const player = {
    store,
    shown: () => ({ mediaS: 7, wallMs: shownMs }),
    newestMs: () => newestMs,
    setSpeed: (speed: number) => store.setState({ speed }),
    setPhase: (phase: Phase) => store.setState({ phase }),
    openNext: () => opened.push(Date.now()),
  };
  watchForStalls(video, player, ending.signal);
  const tell = (name: string) => video.dispatchEvent(new Event(name));
  const passes = (seconds: number) => vi.advanceTimersByTime(seconds * 1_000);
  return { video, store, tell, passes, opened, ending, phase: () => store.getState().phase };
}

describe('watchForStalls', () => {
  it('says that a picture waits for the disk, or near the newest footage for the camera', () => {
    const early = playing();
    early.tell('waiting');
    expect(early.phase()).toEqual({ kind: 'waiting', atNewest: false });
    const late = playing({ speed: 4 }, newestMs - 1_000);
    late.tell('waiting');
    expect(late.phase()).toEqual({ kind: 'waiting', atNewest: true });
    expect(late.store.getState().speed).toBe(1);
  });

  it('ends the waiting with the next picture, also when it was paused meanwhile and does not play', () => {
    const { tell, phase, store } = playing();
    tell('waiting');
    store.setState({ playing: false });
    tell('canplay');
    expect(phase()).toEqual({ kind: 'showing' });
  });

  it('says it of a picture whose browser said so while it was sought', () => {
    const { video, tell, phase, store, passes } = playing({
      phase: { kind: 'seeking', targetMs: newestMs, fresh: false },
    });
    video.readyState = 2;
    tell('waiting');
    store.setState({ phase: { kind: 'showing' } });
    passes(0.4);
    expect(phase()).toEqual({ kind: 'showing' });
    passes(1.2);
    expect(phase()).toEqual({ kind: 'waiting', atNewest: false });
  });

  it('says it of the last picture of all, behind which the browser has all that it needs', () => {
    const { video, phase, passes } = playing({}, newestMs - 40);
    video.ended = true;
    passes(1.6);
    expect(phase()).toEqual({ kind: 'waiting', atNewest: true });
  });

  it('says nothing of a picture that is paused or has a next one', () => {
    const paused = playing({ playing: false });
    paused.video.readyState = 2;
    paused.passes(4);
    expect(paused.phase()).toEqual({ kind: 'showing' });
    const loaded = playing();
    loaded.passes(4);
    expect(loaded.phase()).toEqual({ kind: 'showing' });
  });

  it('goes on from another playlist when a picture stands for good, and not at the newest footage', () => {
    const lost = playing();
    lost.passes(6);
    expect(lost.opened).toHaveLength(1);
    const atNewest = playing({}, newestMs - 1_000);
    atNewest.passes(20);
    expect(atNewest.opened).toEqual([]);
    const left = playing();
    left.ending.abort();
    left.passes(20);
    expect(left.opened).toEqual([]);
  });
});
