// The rules of seeking: jump or ask, aim at the newest, say what was skipped.
import { describe, expect, it } from 'vitest';
import { footageOf, nothingLoaded } from '../timeline/footage.ts';
import { aimFor, endsAtNewest, holeOf, newestMoment, planSeek, reasonsFor } from './seek.ts';
import { WallMap } from './wall-map.ts';

const startMs = Date.UTC(2026, 10, 21, 14);
const map = new WallMap([
  { mediaS: 0, durationS: 60, wallMs: startMs },
  { mediaS: 60, durationS: 60, wallMs: startMs + 120_000 },
]);

describe('planSeek', () => {
  it('jumps inside the loaded playlist, on either side of its gap', () => {
    expect(planSeek(startMs + 30_000, map)).toEqual({ kind: 'jump', mediaS: 30 });
    expect(planSeek(startMs + 150_000, map)).toEqual({ kind: 'jump', mediaS: 90 });
  });

  it('asks the station for everything else, in whole milliseconds', () => {
    const open = (ms: number) => planSeek(ms, map).kind;
    expect(open(startMs - 1)).toBe('open');
    expect(open(startMs + 90_000)).toBe('open');
    expect(open(startMs + 200_000)).toBe('open');
    expect(planSeek(startMs + 30_000, undefined).kind).toBe('open');
    expect(planSeek(startMs - 0.4, map)).toEqual({ kind: 'open', atMs: startMs });
    expect(planSeek(-5, map)).toEqual({ kind: 'open', atMs: 0 });
  });
});

describe('the newest footage', () => {
  const footage = (runStartMs: number, newestMs: number) =>
    footageOf(
      { startMs: startMs - 60_000, endMs: startMs + 60_000, mergeMs: 0 },
      { coverage: [{ startMs: runStartMs, endMs: newestMs }], gaps: [], newestMs },
    );

  it('begins just before its end, inside the run that ends there', () => {
    expect(newestMoment(footage(startMs - 30_000, startMs))).toBe(startMs - 2_000);
    expect(newestMoment(footage(startMs - 500, startMs))).toBe(startMs - 500);
    expect(newestMoment(nothingLoaded)).toBeUndefined();
  });

  it('is reached where the last frame ends inside the last stored millisecond', () => {
    expect(endsAtNewest(startMs - 0.33, startMs)).toBe(true);
    expect(endsAtNewest(startMs + 500, startMs)).toBe(true);
    expect(endsAtNewest(startMs - 40, startMs)).toBe(false);
    expect(endsAtNewest(startMs, undefined)).toBe(false);
  });

  it('is what a click beyond it means', () => {
    const known = footage(startMs - 30_000, startMs);
    expect(aimFor(startMs - 1, known)).toBe(startMs - 1);
    expect(aimFor(startMs + 10_000, known)).toBe(startMs - 2_000);
    expect(aimFor(startMs, nothingLoaded)).toBe(startMs);
  });
});

describe('what is said of a skipped stretch', () => {
  const at = (seconds: number) => startMs + seconds * 1_000;
  const stopped = { startMs: at(0), endMs: at(100), reason: 'program-stopped' } as const;
  const starting = { startMs: at(100), endMs: at(101), reason: 'starting' } as const;
  const away = { startMs: at(101), endMs: at(141), reason: 'unreachable' } as const;

  it('names the one reason that explains nearly all of it, or else all by their length', () => {
    const reasons = (...gaps: Parameters<typeof reasonsFor>[0]) =>
      reasonsFor(gaps, { startMs: at(0), endMs: at(200) }).map(({ reason }) => reason);
    expect(reasons(stopped, starting)).toEqual(['program-stopped']);
    expect(reasons(starting, away, stopped)).toEqual(['program-stopped', 'unreachable', 'starting']);
    expect(reasons()).toEqual([]);
  });

  it('adds up gaps of one reason', () => {
    const again = { ...away, startMs: at(150), endMs: at(160) };
    expect(reasonsFor([away, again], { startMs: at(101), endMs: at(160) })).toEqual([
      { reason: 'unreachable', lengthMs: 50_000 },
    ]);
  });

  it('reaches back to the begin of the gap that was clicked into', () => {
    expect(holeOf([stopped, starting], { startMs: at(60), endMs: at(101) })).toEqual({
      startMs: at(0),
      endMs: at(101),
    });
    expect(holeOf([], { startMs: at(60), endMs: at(101) })).toEqual({ startMs: at(60), endMs: at(101) });
  });
});
