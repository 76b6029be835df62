// The keeper asks once for what a view needs, and stays true by events.
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { newId, type StreamId } from '../../recorder/model/ids.ts';
import { type Answer, footageOf, nothingLoaded, type Question } from '../timeline/footage.ts';
import { FootageKeeper, oldestOf } from './footage-keeper.ts';

const startMs = Date.UTC(2026, 10, 21, 12);
const view = { startMs, spanMs: 3_600_000, width: 1_000 };
const streamId = newId<StreamId>();

/** A keeper whose questions wait until they are answered by hand. */
function waitingKeeper() {
  const asked: Question[] = [];
  const waiting: { resolve(answer: Answer): void; reject(error: unknown): void }[] = [];
  const keeper = new FootageKeeper(streamId, (question) => {
    asked.push(question);
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  });
  const settle = async (answer: Answer | Error) => {
    const one = waiting.shift();
    if (one === undefined) throw new Error('nothing was asked');
    if (answer instanceof Error) one.reject(answer);
    else one.resolve(answer);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { keeper, asked, settle, state: () => keeper.store.getState() };
}

const answer: Answer = {
  coverage: [{ startMs, endMs: startMs + 60_000 }],
  gaps: [],
  oldestMs: startMs,
  newestMs: startMs + 60_000,
};

describe('FootageKeeper', () => {
  it('asks one question at a time, and the next one for the view of then', async () => {
    const { keeper, asked, settle, state } = waitingKeeper();
    keeper.look(view);
    keeper.look({ ...view, startMs: startMs - 1e9 });
    keeper.look({ ...view, startMs: startMs - 2e9 });
    expect(asked).toHaveLength(1);
    expect(state().loading).toBe(true);
    await settle(answer);
    expect(asked).toHaveLength(2);
    expect(asked[1]?.startMs).toBeLessThan(startMs - 2e9);
    await settle({ coverage: [], gaps: [] });
    expect(asked).toHaveLength(2);
    expect(state().loading).toBe(false);
  });

  it('keeps what it knows when a question fails, and asks again when told to', async () => {
    const { keeper, asked, settle, state } = waitingKeeper();
    keeper.look(view);
    await settle(answer);
    keeper.askAgain();
    await settle(new Error('silent'));
    expect(state()).toMatchObject({ error: new Error('silent'), loading: false });
    expect(state().footage.coverage.endsMs).toHaveLength(1);
    keeper.askAgain();
    await settle(answer);
    expect(asked).toHaveLength(3);
    expect(state().error).toBeUndefined();
  });

  it('grows with the footage of its own stream', async () => {
    const { keeper, asked, settle, state } = waitingKeeper();
    keeper.look(view);
    await settle(answer);
    keeper.onEvent({ kind: 'footage', streamId: newId(), newestMs: startMs + 90_000 });
    expect(state().footage.newestMs).toBe(startMs + 60_000);
    keeper.onEvent({ kind: 'footage', streamId, newestMs: startMs + 61_000 });
    expect(state().footage.coverage.endsMs.at(-1)).toBe(startMs + 61_000);
    keeper.onEvent({ kind: 'gap', streamId, gap: { startMs: startMs + 61_000, reason: 'stalled' } });
    expect(state().footage.gaps).toHaveLength(1);
    expect(asked).toHaveLength(1);
  });

  it('asks again when footage appears whose begin it does not know, or events were missed', async () => {
    const { keeper, asked, settle } = waitingKeeper();
    keeper.look(view);
    await settle({ coverage: [], gaps: [] });
    keeper.onEvent({ kind: 'footage', streamId, newestMs: startMs + 5_000 });
    expect(asked).toHaveLength(2);
    await settle(answer);
    keeper.onEvent({ kind: 'resync' });
    expect(asked).toHaveLength(3);
  });

  it('asks again after some minutes without a word: nobody tells what retention deletes', async () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { keeper, asked, settle, state } = waitingKeeper();
    keeper.look(view);
    await settle(answer);
    for (let minute = 0; minute < 4; minute += 1) {
      vi.advanceTimersByTime(60_000);
      keeper.look({ ...view, startMs: view.startMs + minute });
    }
    expect(asked).toHaveLength(1);
    vi.advanceTimersByTime(60_000);
    expect(asked).toHaveLength(2);
    await settle({ ...answer, coverage: [{ startMs: startMs + 30_000, endMs: startMs + 60_000 }] });
    expect(Array.from(state().footage.coverage.startsMs)).toEqual([startMs + 30_000]);
    keeper.dispose();
    vi.advanceTimersByTime(600_000);
    expect(asked).toHaveLength(2);
  });

  it('lays what happened while a question was under way over its answer', async () => {
    const { keeper, settle, state } = waitingKeeper();
    const gap = { startMs: startMs + 50_000, reason: 'stalled' } as const;
    keeper.look(view);
    keeper.onEvent({ kind: 'gap', streamId, gap: { ...gap, endMs: startMs + 55_000 } });
    keeper.onEvent({ kind: 'footage', streamId, newestMs: startMs + 61_000 });
    await settle({ ...answer, coverage: [{ startMs, endMs: startMs + 50_000 }], gaps: [gap] });
    expect(state().footage.gaps).toEqual([{ ...gap, endMs: startMs + 55_000 }]);
    expect(Array.from(state().footage.coverage.startsMs)).toEqual([startMs, startMs + 55_000]);
    // Told once.
    keeper.askAgain();
    await settle(answer);
    expect(state().footage.gaps).toEqual([]);
  });

  it('knows what lies hours around a moment that it accompanies, and asks again long before that ends', async () => {
    const { keeper, asked, settle, state } = waitingKeeper();
    const hourMs = 3_600_000;
    for (let ms = startMs; ms < startMs + hourMs; ms += 1_000) keeper.accompany(ms);
    await settle(answer);
    expect(asked).toHaveLength(1);
    expect(state().footage.loaded?.startMs).toBeLessThan(startMs - 3 * hourMs);
    expect(state().footage.loaded?.endMs).toBeGreaterThan(startMs + 3 * hourMs);
    for (let ms = startMs + hourMs; ms < startMs + 24 * hourMs; ms += hourMs / 4) {
      expect(state().footage.loaded?.endMs).toBeGreaterThan(ms + hourMs);
      keeper.accompany(ms);
      if (state().loading) await settle(answer);
    }
    expect(asked.length).toBeLessThan(10);
    keeper.accompany(startMs - 100 * hourMs);
    await settle(answer);
    expect(state().footage.loaded?.startMs).toBeLessThan(startMs - 103 * hourMs);
  });

  it('asks once about a view that reaches back before 1970, and not about one that lies there', async () => {
    const { keeper, asked, settle } = waitingKeeper();
    keeper.look({ startMs: -1_800_000, spanMs: 3_600_000, width: 1_000 });
    await settle({ coverage: [], gaps: [] });
    keeper.look({ startMs: -7_200_000, spanMs: 3_600_000, width: 1_000 });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.startMs).toBe(0);
  });
});

describe('the oldest footage of several streams', () => {
  const known = (oldestMs: number | undefined) => ({
    footage: footageOf({ startMs, endMs: startMs + 1_000, mergeMs: 0 }, { coverage: [], gaps: [], oldestMs }),
    loading: false,
    error: undefined,
  });

  it('is that of the stream that reaches furthest back, once all have answered', () => {
    const unknown = { footage: nothingLoaded, loading: true, error: undefined };
    expect(oldestOf([known(startMs), unknown])).toBeUndefined();
    expect(oldestOf([known(startMs), known(startMs - 5), known(undefined)])).toBe(startMs - 5);
    expect(oldestOf([known(startMs), { ...unknown, error: new Error('silent') }])).toBe(startMs);
    expect(oldestOf([known(undefined)])).toBeUndefined();
  });
});
