// Presses of the frame keys while a picture is on its way.

import { describe, expect, it } from 'vitest';
import { footageOf } from '../timeline/footage.ts';
import { type Direction, FrameSteps, frameStepsOf, waitingSteps } from './frame-steps.ts';

/** A player whose pictures come when they are told to. */
function slowPlayer() {
  const player = { frame: 0, isSeeking: false };
  const under: { direction: Direction; done: () => void }[] = [];
  const steps = new FrameSteps({
    isSeeking: () => player.isSeeking,
    take: (direction, done) => under.push({ direction, done }),
  });
  /** The picture of the oldest step comes; false when none is under way. */
  const paint = () => {
    const step = under.shift();
    if (step === undefined) return false;
    player.frame += step.direction;
    step.done();
    return true;
  };
  const paintAll = () => {
    while (paint());
    return player.frame;
  };
  return { player, steps, under, paint, paintAll };
}

describe('frame steps', () => {
  it('make as many frames as there were presses, one after the other', () => {
    const { steps, under, paintAll } = slowPlayer();
    for (let press = 0; press < 5; press += 1) steps.ask(1);
    expect(under).toHaveLength(1);
    expect(paintAll()).toBe(5);
    for (let press = 0; press < 3; press += 1) steps.ask(-1);
    expect(paintAll()).toBe(2);
  });

  it('that are pressed while a seek is on its way begin when its picture is there', () => {
    const { player, steps, under, paintAll } = slowPlayer();
    player.isSeeking = true;
    steps.ask(1);
    steps.ask(1);
    expect(under).toEqual([]);
    player.isSeeking = false;
    steps.go();
    expect(paintAll()).toBe(2);
  });

  it('wait for a picture that a step itself has to seek: the other side of a gap', () => {
    const { player, steps, under, paint } = slowPlayer();
    steps.ask(1);
    steps.ask(1);
    player.isSeeking = true;
    paint();
    expect(under).toEqual([]);
    player.isSeeking = false;
    steps.go();
    paint();
    expect(player.frame).toBe(2);
  });

  it('the other way take each other back', () => {
    const { steps, paintAll } = slowPlayer();
    for (const direction of [1, 1, 1, -1, -1] as const) steps.ask(direction);
    expect(paintAll()).toBe(1);
  });

  it('of a key held down end soon after it', () => {
    const { steps, paintAll } = slowPlayer();
    for (let press = 0; press < 100; press += 1) steps.ask(1);
    expect(paintAll()).toBe(1 + waitingSteps);
  });

  it('are dropped by whatever else is asked for, and what is under way ends none that follows', () => {
    const { player, steps, under } = slowPlayer();
    steps.ask(1);
    steps.ask(1);
    const [old] = under;
    steps.drop();
    steps.ask(-1);
    old?.done();
    expect(under.map(({ direction }) => direction)).toEqual([1, -1]);
    steps.ask(-1);
    old?.done();
    expect(under).toHaveLength(2);
    expect(player.frame).toBe(0);
  });
});

describe('a step past the end of the playlist', () => {
  /** Where it goes from the last listed frame of ten seconds, at 25 a second. */
  function goesTo(newestMs: number): number[] {
    const coverage = [{ startMs: 0, endMs: newestMs }];
    const footage = footageOf({ startMs: 0, endMs: 60_000, mergeMs: 0 }, { coverage, gaps: [], newestMs });
    const went: number[] = [];
    const steps = frameStepsOf(new EventTarget() as HTMLVideoElement, {
      isSeeking: () => went.length > 0,
      shown: () => ({ mediaS: 9.96, wallMs: 9_960 }),
      frameS: () => 0.04,
      isEven: () => true,
      isListed: (mediaS) => mediaS < 10,
      footage: () => footage,
      forgetSkipped: () => undefined,
      goTo: (ms) => went.push(ms),
    });
    steps.ask(1);
    return went;
  }

  it('goes to the frame after it, where there is one', () => {
    expect(goesTo(30_000)).toEqual([10_020]);
    expect(goesTo(10_000)).toEqual([]);
  });
});
