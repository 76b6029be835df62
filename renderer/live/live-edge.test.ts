// The live edge on made-up arrivals: rest where fragments come in time, hurry gently, jump when far behind.
import { describe, expect, it } from 'vitest';
import { LiveEdge } from './live-edge.ts';

/** Fragments of 100 ms whose arrival is `lateMs(index)` after their last frame; the playhead obeys. */
function play(options: { seconds: number; startBehindS: number; lateMs(index: number): number }) {
  const edge = new LiveEdge();
  const moves: { atMs: number; speed: number; jumpToS?: number }[] = [];
  let playheadS = 0;
  let endS = 0;
  let stalls = 0;
  for (let index = 0; index < options.seconds * 10; index += 1) {
    const before = endS;
    const atMs = (index + 1) * 100 + options.lateMs(index);
    endS = (index + 1) / 10;
    if (index === 0) playheadS = endS - options.startBehindS;
    else edge.appended(atMs, before);
    const move = edge.move({ nowMs: atMs, playheadS, buffered: [{ startS: -100, endS }] });
    moves.push({ atMs, ...move });
    if (move.jumpToS !== undefined) playheadS = move.jumpToS;
    const nextMs = (index + 2) * 100 + options.lateMs(index + 1);
    playheadS += ((nextMs - atMs) / 1_000) * move.speed;
    if (playheadS > endS + 0.001) {
      stalls += 1;
      playheadS = endS;
    }
  }
  return { behindS: endS - playheadS, moves, stalls };
}

describe('LiveEdge', () => {
  it('rests just far enough back that the next fragment is in time', () => {
    const { behindS, moves } = play({ seconds: 20, startBehindS: 0.5, lateMs: () => 10 });
    // At the moment before an append only the margin is left.
    expect(behindS).toBeGreaterThan(0.015);
    expect(behindS).toBeLessThan(0.05);
    expect(moves.at(-1)?.speed).toBeCloseTo(1, 1);
  });

  it('never plays faster than 1.1 or slower than 0.95', () => {
    const { moves } = play({ seconds: 10, startBehindS: 0.9, lateMs: (index) => (index % 7) * 20 });
    expect(Math.max(...moves.map((move) => move.speed))).toBeLessThanOrEqual(1.1);
    expect(Math.min(...moves.map((move) => move.speed))).toBeGreaterThanOrEqual(0.95);
  });

  it('does not stall on jitter it has seen', () => {
    const lateMs = (index: number) => (index % 10 === 9 ? 120 : 10);
    const settled = play({ seconds: 6, startBehindS: 0.1, lateMs });
    const longer = play({ seconds: 30, startBehindS: 0.1, lateMs });
    expect(longer.stalls).toBe(settled.stalls);
  });

  it('jumps once when more than a second behind, to a frame before the end at most', () => {
    const { moves, behindS } = play({ seconds: 5, startBehindS: 4, lateMs: () => 10 });
    const jumps = moves.filter((move) => move.jumpToS !== undefined);
    expect(jumps).toHaveLength(1);
    expect(jumps[0]?.jumpToS).toBeLessThanOrEqual(0.1 - 0.05);
    expect(behindS).toBeLessThan(0.2);
  });

  it('leaves a span that ended when footage goes on in a later one', () => {
    const edge = new LiveEdge();
    const move = edge.move({
      nowMs: 60_000,
      playheadS: 10,
      buffered: [
        { startS: 0, endS: 10 },
        { startS: 12, endS: 14 },
      ],
    });
    expect(move.jumpToS).toBeGreaterThanOrEqual(12);
    expect(move.jumpToS).toBeLessThan(14);
  });

  it('rests further back after the picture stopped for want of data', () => {
    const edge = new LiveEdge();
    const view = (nowMs: number) => ({
      nowMs,
      playheadS: nowMs / 1_000 - 0.14,
      buffered: [{ startS: 0, endS: 10 }],
    });
    edge.appended(10_000, 9.9);
    const before = edge.move(view(10_000)).speed;
    for (let stall = 0; stall < 4; stall += 1) edge.stalled();
    expect(edge.move(view(10_000)).speed).toBeLessThan(before);
  });

  it('has nothing to say without a picture', () => {
    expect(new LiveEdge().move({ nowMs: 0, playheadS: 0, buffered: [] })).toEqual({ speed: 1 });
  });
});
