// Motion of a timeline: asked once for each tile, again when something moves, and never more than a few questions at a time.

import { beforeEach, describe, expect, it } from 'vitest';
import type { StationEvent } from '../../electron/contract/events.ts';
import { hourMs } from '../../recorder/model/clock.ts';
import { newId, type StreamId } from '../../recorder/model/ids.ts';
import { levelAt, tileBuckets } from '../timeline/heat.ts';
import { HeatKeeper } from './heat-keeper.ts';
import { Turns } from './turns.ts';

const streamId = newId<StreamId>();
const beginMs = Date.UTC(2026, 10, 25);
const viewAt = (startMs: number, spanMs = hourMs) => ({ startMs, spanMs, width: 1_000 });

interface Asked {
  readonly startMs: number;
  readonly endMs: number;
  readonly buckets: number;
  answer(level: number): void;
}

let asked: Asked[];
let nowMs: number;
let keeper: HeatKeeper;
beforeEach(() => {
  asked = [];
  nowMs = beginMs + 12 * hourMs;
  keeper = make();
});

function make(turns = new Turns(2)): HeatKeeper {
  return new HeatKeeper({
    streamId,
    turns,
    nowMs: () => nowMs,
    ask: (question) =>
      new Promise((resolve) => {
        const answer = (level: number) => resolve(Array.from({ length: tileBuckets }, () => level));
        asked.push({ ...question, answer });
      }),
  });
}

const settle = () => new Promise<void>((resolve) => setTimeout(resolve));
/** Answers everything that is asked, until nothing is asked any more; how many questions those were. */
async function answerAll(level: number): Promise<number> {
  let count = 0;
  for (;;) {
    await settle();
    const next = asked.shift();
    if (next === undefined) return count;
    count += 1;
    next.answer(level);
  }
}
const motion = (startMs: number, endMs?: number): StationEvent => ({
  kind: 'motion',
  streamId,
  event: { startMs, endMs, peakMs: startMs, peakLevel: 0.5, cells: '0'.repeat(36) },
});

describe('HeatKeeper', () => {
  it('asks for the tiles of a view in answers of one size, and shows them as one strip', async () => {
    keeper.look(viewAt(beginMs));
    await settle();
    expect(asked).toHaveLength(1);
    expect(asked[0]?.buckets).toBe(tileBuckets);
    expect(keeper.store.getState().strip).toBeUndefined();
    expect(await answerAll(7)).toBeGreaterThan(1);
    const { strip } = keeper.store.getState();
    if (strip === undefined) throw new Error('nothing is shown');
    expect(levelAt(strip, beginMs)).toBe(7);
    expect(levelAt(strip, beginMs + hourMs - 1)).toBe(7);
  });

  it('asks nothing for what it knows, and shows the same strip while the view moves inside of it', async () => {
    keeper.look(viewAt(beginMs));
    await answerAll(7);
    const { strip } = keeper.store.getState();
    keeper.look(viewAt(beginMs + 60_000));
    keeper.look(viewAt(beginMs, 10 * hourMs));
    await answerAll(9);
    keeper.look(viewAt(beginMs));
    expect(await answerAll(0)).toBe(0);
    expect(keeper.store.getState().strip).toEqual(strip);
  });

  it('keeps the coarser strip until the finer one is whole', async () => {
    keeper.look(viewAt(beginMs, 10 * hourMs));
    await answerAll(3);
    const { strip: coarse } = keeper.store.getState();
    keeper.look(viewAt(beginMs));
    await settle();
    expect(keeper.store.getState().strip).toBe(coarse);
    await answerAll(4);
    expect(keeper.store.getState().strip?.bucketMs).toBeLessThan(coarse?.bucketMs ?? 0);
  });

  it('asks again where something has moved, and nowhere else', async () => {
    const lastHour = viewAt(nowMs - hourMs);
    keeper.look(lastHour);
    await answerAll(0);
    keeper.onEvent(motion(nowMs - 60_000));
    expect(await answerAll(5)).toBe(1);
    keeper.onEvent({ ...motion(nowMs - 60_000), streamId: newId() } as StationEvent);
    expect(await answerAll(5)).toBe(0);
  });

  it('follows motion that goes on as footage grows, but not with every second of it', async () => {
    keeper.look(viewAt(nowMs - hourMs));
    await answerAll(0);
    keeper.onEvent(motion(nowMs - 1_000));
    await answerAll(5);
    const grow = (byMs: number) => {
      nowMs += byMs;
      keeper.onEvent({ kind: 'footage', streamId, newestMs: nowMs });
      return answerAll(5);
    };
    expect(await grow(1_000)).toBe(0);
    expect(await grow(5_000)).toBe(1);
  });

  it('forgets the oldest tiles, so that a day of panning costs no memory', async () => {
    keeper.look(viewAt(beginMs));
    await answerAll(7);
    for (let hour = 1; hour < 40; hour += 1) {
      keeper.look(viewAt(beginMs - hour * 3 * hourMs));
      await answerAll(7);
    }
    keeper.look(viewAt(beginMs));
    expect(await answerAll(7)).toBeGreaterThan(0);
  });

  it('waits its turn, and asks then for what is looked at by then', async () => {
    const turns = new Turns(1);
    const [first, second] = [make(turns), make(turns)];
    first.look(viewAt(beginMs));
    second.look(viewAt(beginMs));
    await settle();
    expect(asked).toHaveLength(1);
    second.look(viewAt(beginMs - 100 * hourMs));
    asked.shift()?.answer(1);
    await settle();
    expect(asked.map(({ startMs }) => startMs < beginMs - 50 * hourMs)).toContain(true);
    expect(asked).toHaveLength(1);
  });

  it('ends with its screen', async () => {
    keeper.look(viewAt(beginMs));
    await settle();
    keeper.dispose();
    expect(await answerAll(7)).toBe(1);
    expect(keeper.store.getState().strip).toBeUndefined();
  });
});
