// Stops the store before each of its steps in turn, as a kill would, and lets the next start repair what is left.
import { afterEach, describe, expect, it } from 'vitest';
import { readInitSection } from '../media/init-section.ts';
import { madeInit } from '../media/made-footage.ts';
import type { StoreFile, StoreFiles } from './durable.ts';
import { handledFiles } from './made-files.ts';
import { film, firstDayMs, fragment, init, MadeStore } from './made-store.ts';

let store: MadeStore;
afterEach(() => store.remove());

/** The process stops before its n-th step: nothing happens any more, and nobody is told. */
class Stop {
  readonly steps: string[] = [];
  readonly stopped: Promise<void>;
  readonly files: StoreFiles;
  readonly #before: number;
  readonly #opened: StoreFile[] = [];
  #stop: () => void = () => undefined;

  /** @param tornBytes how much of a write gets out when the stop comes before a write */
  constructor(before: number, tornBytes: number) {
    this.#before = before;
    this.stopped = new Promise((resolve) => {
      this.#stop = resolve;
    });
    this.files = handledFiles(({ operation }) => {
      const isStopped = this.#step(operation);
      if (!isStopped) return undefined;
      if (operation === 'write' && this.steps.length === this.#before && tornBytes > 0) return tornBytes;
      return new Promise<never>(() => undefined);
    }, this.#opened);
  }

  /** What the system does for a process that ended. */
  async letGo(): Promise<void> {
    for (const file of this.#opened) await file.close().catch(() => undefined);
  }

  /** A stop inside a call that cannot wait is an error nobody survives. */
  ledgerStep(call: string): void {
    if (this.#step(call)) throw new Error('stopped');
  }

  #step(name: string): boolean {
    if (this.steps.length >= this.#before) {
      this.#stop();
      return true;
    }
    this.steps.push(name);
    if (this.steps.length < this.#before) return false;
    this.#stop();
    return true;
  }
}

const never = Number.MAX_SAFE_INTEGER;
const other = (() => {
  const bytes = madeInit({ timescale: 1_000, width: 1_280 });
  return { bytes, layout: readInitSection(bytes).layout };
})();

/** Two runs over two rotations, with sound in between, up to the stop. */
async function record(stop: Stop): Promise<void> {
  store.ledger.beforeWrite = (call) => {
    stop.ledgerStep(call);
  };
  const writer = store.writer(stop.files);
  writer.beginRun(init);
  film(writer, 2_000, 6_500);
  writer.append(fragment({ startTicks: 6_500, kind: 'audio' }), firstDayMs + 6_500);
  film(writer, 6_500, 9_000);
  writer.beginRun(other);
  film(writer, 9_000, 10_500);
  await Promise.race([writer.close(), stop.stopped]);
  await stop.letGo();
  store.ledger.beforeWrite = () => undefined;
}

async function restart(): Promise<void> {
  await store.recover();
  expect(await store.brokenInvariants()).toEqual([]);
}

/** Footage that is in segments, in ms; whole when no fragment between the first and the last is missing. */
const stored = () => store.segments.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);

async function stepsOf(work: (stop: Stop) => Promise<void>): Promise<string[]> {
  store = await MadeStore.make();
  const stop = new Stop(never, 0);
  await work(stop);
  await store.remove();
  return stop.steps;
}

describe('a stop before any step of recording', { timeout: 30_000 }, () => {
  it.each([0, 1, 500])(
    'with %i bytes of a torn write loses nothing that was written whole',
    async (tornBytes) => {
      const steps = await stepsOf(record);
      expect(new Set(steps)).toEqual(
        new Set([
          'saveInit',
          'makeFolder',
          'syncFolder',
          'create',
          'write',
          'sync',
          'close',
          'commitSegment',
        ]),
      );
      for (let before = 1; before <= steps.length; before += 1) {
        store = await MadeStore.make();
        const stop = new Stop(before, tornBytes);
        await record(stop);
        const committed = [...store.ledger.rows];
        await restart();
        const context = `stopped before step ${before}: ${steps[before - 1]}`;
        const writes = steps.slice(0, before - 1).filter((step) => step === 'write').length;
        // The tenth write brings sound alone.
        const expectedMs = (writes - (writes >= 10 ? 1 : 0)) * 500;
        const outcome = { kept: store.ledger.rows.slice(0, committed.length), storedMs: stored() };
        expect({ context, ...outcome }).toEqual({ context, kept: committed, storedMs: expectedMs });
        await store.remove();
      }
    },
  );
});

describe('a stop before any step of recovery', { timeout: 30_000 }, () => {
  it('is repaired by the next start', async () => {
    // What a kill in the middle of a rotation and an unfinished deletion leave behind.
    const leave = async (): Promise<void> => {
      await record(new Stop(never, 0));
      store.ledger.rows.splice(1);
      store.ledger.discard(store.segments.slice(0, 1));
    };
    const repair = async (stop: Stop): Promise<void> => {
      await leave();
      store.ledger.beforeWrite = (call) => {
        stop.ledgerStep(call);
      };
      await Promise.race([store.recover(stop.files), stop.stopped]);
      await stop.letGo();
      store.ledger.beforeWrite = () => undefined;
    };
    const steps = await stepsOf(repair);
    expect(steps).toContain('unlink');
    expect(steps).toContain('commitSegment');
    for (let before = 1; before <= steps.length; before += 1) {
      store = await MadeStore.make();
      await repair(new Stop(before, 0));
      await restart();
      expect(store.ledger.garbage).toEqual([]);
      expect(store.rows.map(([startMs]) => startMs - firstDayMs)).toEqual([4_000, 8_000, 9_000]);
      await store.remove();
    }
  });
});
