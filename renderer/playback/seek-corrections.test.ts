// How a seek is mended, and how often.
import { describe, expect, it } from 'vitest';
import { insideFrameS } from './painting.ts';
import { SeekCorrections } from './seek-corrections.ts';
import { WallMap } from './wall-map.ts';

const startMs = Date.UTC(2026, 10, 21, 14);
const mapFrom = (wallMs: number) => new WallMap([{ mediaS: 0, durationS: 60, wallMs }]);

describe('SeekCorrections', () => {
  it('goes where loading has shown that the moment lies, and stays where it lies already', () => {
    const video = { currentTime: 10 + insideFrameS, paused: true };
    let map = mapFrom(startMs);
    const corrections = new SeekCorrections(video, () => map);
    corrections.towards(startMs + 10_000);
    expect(video.currentTime).toBe(10 + insideFrameS);
    map = mapFrom(startMs + 200);
    corrections.towards(startMs + 10_000);
    expect(video.currentTime).toBeCloseTo(9.8 + insideFrameS);
    // Outside of what is listed nothing is sought.
    corrections.towards(startMs - 5_000);
    expect(video.currentTime).toBeCloseTo(9.8 + insideFrameS);
  });

  it('mends a seek three times at the most, each seek anew, and not once it was given up', () => {
    const video = { currentTime: 0, paused: true };
    let wallMs = startMs;
    const corrections = new SeekCorrections(video, () => mapFrom(wallMs));
    const moves = () => {
      const from = video.currentTime;
      wallMs -= 1_000;
      corrections.towards(startMs + 10_000);
      return video.currentTime !== from;
    };
    expect([moves(), moves(), moves(), moves()]).toEqual([true, true, true, false]);
    corrections.begin();
    expect(moves()).toBe(true);
    corrections.giveUp();
    expect(moves()).toBe(false);
  });

  it('takes another picture for the sought one only once it was sent there often enough', () => {
    const video = { currentTime: 10.041, paused: true };
    const corrections = new SeekCorrections(video, () => mapFrom(startMs));
    expect(corrections.isSought(10.04)).toBe(true);
    expect(corrections.isSought(8)).toBe(false);
    expect([corrections.again(), corrections.again(), corrections.again()]).toEqual([true, true, true]);
    expect(corrections.isSought(8)).toBe(false);
    expect(corrections.again()).toBe(false);
    expect(corrections.isSought(8)).toBe(true);
    const moving = new SeekCorrections({ currentTime: 10.041, paused: false }, () => mapFrom(startMs));
    expect(moving.isSought(8)).toBe(true);
  });
});
