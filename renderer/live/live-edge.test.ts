// The live edge on made-up arrivals: rest where fragments come in time, hurry gently, jump when far behind.
import { describe, expect, it } from 'vitest';
import { LiveEdge } from './live-edge.ts';

interface Play {
  readonly seconds: number;
  readonly startBehindS: number;
  lateMs(index: number): number;
  /** A keyframe each so many fragments; none but the first when left out. */
  readonly gop?: number;
}

/** Fragments of 100 ms whose arrival is `lateMs(index)` after their last frame; the playhead obeys. */
function play({ seconds, startBehindS, lateMs, gop = Number.POSITIVE_INFINITY }: Play) {
  const edge = new LiveEdge();
  const moves: { atMs: number; speed: number; behindS: number; jumpToS?: number }[] = [];
  let playheadS = 0;
  let endS = 0;
  let keyframeS = -100;
  let stalls = 0;
  for (let index = 0; index < seconds * 10; index += 1) {
    const atMs = (index + 1) * 100 + lateMs(index);
    edge.arrived(atMs, endS);
    if (index % gop === 0 && index > 0) keyframeS = endS;
    endS = (index + 1) / 10;
    if (index === 0) playheadS = endS - startBehindS;
    const move = edge.move({ nowMs: atMs, playheadS, buffered: [{ startS: -100, endS }], keyframeS });
    moves.push({ atMs, behindS: endS - playheadS, ...move });
    if (move.jumpToS !== undefined) playheadS = move.jumpToS;
    const nextMs = (index + 2) * 100 + lateMs(index + 1);
    playheadS += ((nextMs - atMs) / 1_000) * move.speed;
    if (playheadS > endS + 0.001) {
      stalls += 1;
      playheadS = endS;
    }
  }
  return { behindS: endS - playheadS, moves, stalls };
}

const speedsOf = ({ moves }: ReturnType<typeof play>) => moves.map(({ speed }) => speed);
const jumpsOf = ({ moves }: ReturnType<typeof play>) =>
  moves.flatMap(({ jumpToS }) => (jumpToS === undefined ? [] : [jumpToS]));

describe('LiveEdge', () => {
  it('rests just far enough back that the next fragment is in time', () => {
    const { behindS, moves } = play({ seconds: 20, startBehindS: 0.5, lateMs: () => 10 });
    // At the moment before an append only the margin is left.
    expect(behindS).toBeGreaterThan(0.015);
    expect(behindS).toBeLessThan(0.05);
    expect(moves.at(-1)?.speed).toBeCloseTo(1, 1);
  });

  it('makes small errors good so slowly that nobody sees it', () => {
    const speeds = speedsOf(play({ seconds: 10, startBehindS: 0.2, lateMs: (index) => (index % 7) * 10 }));
    expect(Math.max(...speeds)).toBeLessThanOrEqual(1.1);
    expect(Math.min(...speeds)).toBeGreaterThanOrEqual(0.95);
  });

  it('is at the edge within a second after opening far behind it, without a jump while no keyframe lies ahead', () => {
    const played = play({ seconds: 3, startBehindS: 0.9, lateMs: () => 10 });
    expect(jumpsOf(played)).toEqual([]);
    expect(Math.max(...speedsOf(played))).toBeLessThanOrEqual(2.5);
    const after = played.moves.filter(({ atMs }) => atMs > 1_100);
    expect(Math.max(...after.map(({ behindS }) => behindS))).toBeLessThan(0.3);
  });

  it('does not stall on jitter it has seen', () => {
    const lateMs = (index: number) => (index % 10 === 9 ? 120 : 10);
    const settled = play({ seconds: 6, startBehindS: 0.1, lateMs });
    const longer = play({ seconds: 30, startBehindS: 0.1, lateMs });
    expect(longer.stalls).toBe(settled.stalls);
  });

  it('jumps to a keyframe that lies ahead, never before it', () => {
    const played = play({ seconds: 3, startBehindS: 1.2, lateMs: () => 10, gop: 2 });
    const [first, ...more] = jumpsOf(played);
    expect(first).toBeGreaterThanOrEqual(0.2);
    expect(more).toEqual([]);
    expect(played.behindS).toBeLessThan(0.2);
  });

  it('jumps once when very far behind, to a frame before the end at most', () => {
    const played = play({ seconds: 5, startBehindS: 4, lateMs: () => 10 });
    expect(jumpsOf(played)).toHaveLength(1);
    expect(jumpsOf(played)[0]).toBeLessThanOrEqual(0.1 - 0.04);
    expect(played.behindS).toBeLessThan(0.2);
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
      keyframeS: 12,
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
      keyframeS: 0,
    });
    edge.arrived(10_000, 9.9);
    const before = edge.move(view(10_000)).speed;
    edge.stalled(10_000);
    const once = edge.move(view(10_000)).speed;
    expect(once).toBeLessThan(before);
    edge.stalled(10_500);
    expect(edge.move(view(10_000)).speed).toBe(once);
    edge.stalled(11_000);
    expect(edge.move(view(10_000)).speed).toBeLessThan(once);
  });

  it('is entered where the next fragment will be in time, as the arrivals so far tell', () => {
    const edge = new LiveEdge();
    const live = { startS: 0, endS: 2 };
    for (let index = 0; index < 20; index += 1) edge.arrived(10_000 + index * 100, index / 10);
    // The last one came at 11.9 s, the next is due at 12 s: 60 ms after it 40 ms and the margin have to be left.
    const leftS = 2 - edge.entry(11_960, live);
    expect(leftS).toBeGreaterThan(0.04);
    expect(leftS).toBeLessThan(0.09);
    expect(edge.entry(13_000, live)).toBeLessThan(2);
  });

  it('has nothing to say without a picture', () => {
    expect(new LiveEdge().move({ nowMs: 0, playheadS: 0, buffered: [], keyframeS: 0 })).toEqual({ speed: 1 });
  });
});
