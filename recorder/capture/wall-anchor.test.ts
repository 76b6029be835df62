// Wall time of media on made-up clocks: bursts, delays, drift, clocks that are set, nothing stored overlapped.

import { describe, expect, it } from 'vitest';
import type { Placed, TimedFragment } from './wall-anchor.ts';
import { WallAnchor } from './wall-anchor.ts';

/** Ticks are milliseconds, to be readable. */
const timescale = 1000;
const day = Date.UTC(2026, 5, 1);
const steady = Number.NEGATIVE_INFINITY;

/** A world with true time, in which a camera sends 100 ms fragments and a keyframe every second. */
class World {
  readonly placed: Placed<TimedFragment>[] = [];
  readonly anchor: WallAnchor<TimedFragment>;
  /** What the computer's clock shows beyond the true time. */
  clockErrorMs = 0;
  /** Media time per true time. */
  cameraSpeed = 1;
  trueMs = 0;
  mediaMs = 0;

  constructor(notBeforeMs = steady) {
    this.anchor = new WallAnchor(timescale, () => notBeforeMs);
  }

  get wallMs(): number {
    return day + this.trueMs + this.clockErrorMs;
  }

  /** One fragment that ends `mediaMs` from now in media time and arrives `delayMs` late. */
  send(delayMs = 0, durationMs = 100): Placed<TimedFragment>[] {
    const startTicks = this.mediaMs;
    this.mediaMs += durationMs;
    const now = this.anchor.push(
      {
        startTicks,
        durationTicks: durationMs,
        startsWithKeyframe: startTicks % 1000 === 0,
        videoFrames: 2,
      },
      { wallMs: this.wallMs + delayMs, monotonicMs: this.trueMs + delayMs },
    );
    this.placed.push(...now);
    return now;
  }

  /** Live fragments for so long, each late by what `delay` says. */
  run(forMs: number, delay: (index: number) => number = () => 0): void {
    for (let index = 0; index * 100 < forMs; index++) {
      this.trueMs += 100 / this.cameraSpeed;
      this.send(delay(index));
    }
  }

  /** How far the newest placed fragment's end is from the wall clock. */
  get errorMs(): number {
    const last = this.placed.at(-1);
    return last === undefined ? Number.NaN : last.startMs + last.fragment.durationTicks - this.wallMs;
  }

  /** True when no fragment begins before the one before it has begun. */
  get isRising(): boolean {
    const starts = this.placed.map(({ startMs }) => startMs);
    return starts.every((startMs, index) => index === 0 || startMs > (starts[index - 1] ?? 0));
  }
}

describe('WallAnchor', () => {
  it('places a live fragment where its end was stamped', () => {
    const world = new World();
    world.run(500);
    expect(world.placed.map(({ startMs }) => startMs - day)).toEqual([0, 100, 200, 300, 400]);
    expect(world.placed.map(({ newRun }) => newRun)).toEqual(['session', ...Array(4).fill(undefined)]);
  });

  it('waits for the end of the burst a session begins with, then places it in the past', () => {
    const world = new World();
    world.trueMs = 1500;
    for (let index = 0; index < 15; index++) expect(world.send()).toEqual([]);
    world.trueMs += 100;
    expect(world.send()).toHaveLength(16);
    expect(world.placed[0]?.startMs).toBe(day);
    expect(world.placed[15]?.startMs).toBe(day + 1500);
  });

  it('places what it still holds when the session ends', () => {
    const world = new World();
    world.trueMs = 100;
    world.send();
    expect(world.anchor.flush().map(({ startMs }) => startMs)).toEqual([day]);
  });

  it('is not moved by late fragments', () => {
    const world = new World();
    world.run(60_000, (index) => (index % 7) * 60 + (index === 300 ? 1_500 : 0));
    expect(Math.abs(world.errorMs)).toBeLessThan(2);
    expect(world.isRising).toBe(true);
  });

  it('walks to less delayed fragments by at most 0.5 %, without a step', () => {
    const world = new World();
    world.run(10_000, () => 400);
    expect(world.errorMs).toBe(400);
    world.run(10_000);
    expect(world.errorMs).toBe(350);
    world.run(90_000);
    expect(Math.abs(world.errorMs)).toBeLessThan(2);
    const steps = world.placed
      .slice(1)
      .map(({ startMs }, index) => startMs - (world.placed[index]?.startMs ?? 0));
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(99);
    expect(world.placed.filter(({ newRun }) => newRun !== undefined)).toHaveLength(1);
  });

  it('follows a camera whose crystal is off', () => {
    const world = new World();
    world.cameraSpeed = 1.0005;
    world.run(3_600_000);
    expect(Math.abs(world.errorMs)).toBeLessThan(20);
    world.cameraSpeed = 0.9995;
    world.run(3_600_000);
    expect(Math.abs(world.errorMs)).toBeLessThan(40);
    expect(world.placed.filter(({ newRun }) => newRun !== undefined)).toHaveLength(1);
  });

  it('begins a new run at the next keyframe when the clock was set forward', () => {
    const world = new World();
    world.run(3_300);
    world.clockErrorMs = 3_600_000;
    world.run(3_000);
    const first = world.placed.find(({ newRun }) => newRun === 'clock');
    expect(first?.fragment.startTicks).toBe(4_000);
    expect(first?.startMs).toBe(day + 3_600_000 + 4_000);
    expect(world.placed.find(({ fragment }) => fragment.startTicks === 3_900)?.startMs).toBe(day + 3_900);
    expect(world.placed.filter(({ newRun }) => newRun !== undefined)).toHaveLength(2);
    expect(world.isRising).toBe(true);
  });

  it('goes on right after what is stored when the clock was set back, and ahead of it', () => {
    const world = new World();
    world.run(3_300);
    world.clockErrorMs = -3_600_000;
    world.run(60_000);
    const first = world.placed.find(({ newRun }) => newRun === 'clock');
    expect(first?.startMs).toBe(day + 4_000);
    expect(world.placed.filter(({ newRun }) => newRun !== undefined)).toHaveLength(2);
    expect(world.anchor.lost).toBe(false);
    expect(world.isRising).toBe(true);
    // Set right again: back to the true time, behind what is stored.
    world.clockErrorMs = 0;
    world.run(60_000);
    expect(Math.abs(world.errorMs)).toBeLessThan(400);
    expect(world.isRising).toBe(true);
  });

  it('never begins before what is stored, and walks back to the clock', () => {
    const world = new World(day + 1_000);
    world.run(500);
    expect(world.placed[0]?.startMs).toBe(day + 1_000);
    world.run(300_000);
    expect(Math.abs(world.errorMs)).toBeLessThan(2);
    expect(world.anchor.lost).toBe(false);
    expect(world.placed.filter(({ newRun }) => newRun !== undefined)).toHaveLength(1);
  });

  it('records on when the computer starts in 1970, after footage of 2026', () => {
    const world = new World(day);
    world.clockErrorMs = -day;
    world.run(10_000);
    expect(world.placed[0]?.startMs).toBe(day);
    world.clockErrorMs = 3_600_000;
    world.run(2_000);
    expect(world.errorMs).toBe(0);
    expect(world.isRising).toBe(true);
  });

  it('gives up a session whose media time jumped ahead', () => {
    const world = new World();
    world.run(5_000);
    const before = world.placed.length;
    world.trueMs += 100;
    expect(world.send(0, 10_000)).toEqual([]);
    expect(world.anchor.lost).toBe(true);
    expect(world.placed).toHaveLength(before);
  });

  it('begins a new run at a keyframe when media time has fallen behind for good', () => {
    const world = new World();
    world.run(5_000);
    world.trueMs += 5_000;
    world.run(40_000);
    expect(world.placed.filter(({ newRun }) => newRun === 'drift')).toHaveLength(1);
    expect(Math.abs(world.errorMs)).toBeLessThan(2);
    expect(world.isRising).toBe(true);
  });

  it('places sound alone without learning from it', () => {
    const world = new World();
    world.run(1_000);
    const sound = {
      startTicks: 1_000,
      durationTicks: 0,
      startsWithKeyframe: false,
      videoFrames: 0,
    };
    const arrival = { wallMs: world.wallMs, monotonicMs: world.trueMs };
    expect(world.anchor.push(sound, arrival).map(({ startMs }) => startMs)).toEqual([day + 1_000]);
    expect(world.anchor.lost).toBe(false);
  });
});
