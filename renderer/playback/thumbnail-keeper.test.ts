// The picture under the pointer: the nearest to its moment or none, few questions while it moves, bounded memory.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { slotMs, ThumbnailKeeper } from './thumbnail-keeper.ts';

interface Asked {
  readonly atMs: number;
  readonly signal: AbortSignal;
  answer(atMs: number | undefined): Promise<void>;
}

const nowMs = Date.UTC(2026, 10, 26);
const base = nowMs - 3_600_000;
let asked: Asked[];
let released: string[];
let keeper: ThumbnailKeeper;
beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  released = [];
  keeper = new ThumbnailKeeper({
    nowMs: () => nowMs,
    release: (url) => released.push(url),
    fetch: (atMs, signal) =>
      new Promise((resolve) =>
        asked.push({
          atMs,
          signal,
          answer: async (shownMs) => {
            resolve(shownMs === undefined ? undefined : { atMs: shownMs, url: `blob:${shownMs}` });
            await vi.advanceTimersByTimeAsync(0);
          },
        }),
      ),
  });
});
afterEach(() => vi.useRealTimers());

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const last = () => {
  const found = asked.at(-1);
  if (found === undefined) throw new Error('nothing was asked');
  return found;
};

describe('ThumbnailKeeper', () => {
  it('asks so that the newest picture before the asked moment is the nearest to the pointer', () => {
    keeper.look(base + slotMs / 2);
    expect(last().atMs).toBe(base + slotMs / 2 + 5_000);
    expect(keeper.at(base)).toEqual({ kind: 'loading' });
  });

  it('shows a picture for the moments it was found for, and for no other', async () => {
    keeper.look(base);
    await last().answer(base - 1_000);
    const picture = { kind: 'picture', atMs: base - 1_000, url: `blob:${base - 1_000}` };
    expect(keeper.at(base + slotMs - 1)).toEqual(picture);
    expect(keeper.at(base + slotMs)).toEqual({ kind: 'loading' });
    expect(keeper.at(base - 1)).toEqual({ kind: 'loading' });
  });

  it('leaves an answer away whose moment is not looked at any more', async () => {
    keeper.look(base);
    const first = last();
    keeper.look(base + 60_000);
    expect(first.signal.aborted).toBe(true);
    await first.answer(base);
    expect(keeper.at(base)).toEqual({ kind: 'loading' });
    expect(released).toEqual([`blob:${base}`]);
  });

  it('asks no more than a dozen times a second while the pointer moves, and then for where it rests', async () => {
    for (let step = 0; step < 60; step += 1) {
      keeper.look(base + step * 60_000);
      await pass(1_000 / 60);
    }
    expect(asked.length).toBeGreaterThan(2);
    expect(asked.length).toBeLessThanOrEqual(13);
    await pass(200);
    expect(last().atMs).toBeGreaterThan(base + 59 * 60_000);
  });

  it('asks once for the same moment', async () => {
    keeper.look(base);
    await last().answer(base);
    await pass(1_000);
    keeper.look(base + 60_000);
    await last().answer(base + 60_000);
    await pass(1_000);
    keeper.look(base);
    expect(asked).toHaveLength(2);
  });

  it('tells when there is none, and asks again later', async () => {
    let told = 0;
    keeper.subscribe(() => (told += 1));
    keeper.look(nowMs - 1_000);
    await last().answer(undefined);
    expect(keeper.at(nowMs - 1_000)).toEqual({ kind: 'none' });
    expect(told).toBe(1);
  });

  it('gives the memory of the oldest back, and of all in the end', async () => {
    for (let step = 0; step < 70; step += 1) {
      keeper.look(base - step * 60_000);
      await last().answer(base - step * 60_000);
      await pass(100);
    }
    expect(released).toHaveLength(6);
    expect(released[0]).toBe(`blob:${base}`);
    keeper.dispose();
    expect(new Set(released).size).toBe(70);
  });
});
