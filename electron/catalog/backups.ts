// Keeps copies of the running catalog: every quarter of an hour when something changed, and when the station stops.

import type { CancelTimer, Clocks, EpochMs } from '../../recorder/model/clock.ts';
import type { Log } from '../../recorder/model/log.ts';
import { backUp, listBackups } from './backup.ts';
import { runCatalogTask } from './catalog-task.ts';
import type { Catalog } from './open.ts';

export const backupIntervalMs = 15 * 60_000;
/** After a start or a failure the next copy comes sooner. */
export const soonMs = 60_000;
/** Stopping waits this long for its copy. A large catalog has the one from the last quarter of an hour, and its journal. */
const stopLimitMs = 5_000;

export interface BackupsParts {
  readonly file: string;
  readonly catalog: Catalog;
  readonly clocks: Clocks;
  readonly log: Log;
  readonly onDone: () => void;
  readonly onFailed: () => void;
}

export class CatalogBackups {
  readonly #parts: BackupsParts;
  readonly #stopping = new AbortController();
  #timer: CancelTimer | undefined;
  #running: Promise<boolean> | undefined;
  #changesThen: number | undefined;
  #newestMs: EpochMs | undefined;

  constructor(parts: BackupsParts) {
    this.#parts = parts;
    this.#newestMs = listBackups(parts.file)[0]?.takenMs;
  }

  /** When the newest copy was taken. */
  get newestMs(): EpochMs | undefined {
    return this.#newestMs;
  }

  start(): void {
    this.#after(soonMs);
  }

  /** A last copy, if there is time for it. Never rejects. */
  async stop(): Promise<void> {
    this.#timer?.();
    const late = this.#parts.clocks.timers.after(stopLimitMs, () => this.#stopping.abort());
    await this.#running;
    if (!this.#stopping.signal.aborted) await this.run();
    late();
    await this.cancel();
  }

  /** No copy from now on: one that is being made is given up, and the catalog is not touched again. Never rejects. */
  async cancel(): Promise<void> {
    this.#stopping.abort();
    this.#timer?.();
    await this.#running;
  }

  /** Copies the catalog if it changed since the last copy; false when it could not. Never rejects. */
  run(): Promise<boolean> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<boolean> {
    const { file, catalog, clocks, log, onDone, onFailed } = this.#parts;
    const began = clocks.monotonic.now();
    try {
      const changes = catalog.database.prepare<[], number>('SELECT total_changes()').pluck().get();
      if (changes === this.#changesThen) return true;
      // Two copies in one millisecond would be one; a clock that was set back must not make the newest look old.
      const takenMs = Math.max(clocks.wall.nowMs(), (this.#newestMs ?? 0) + 1);
      await backUp(file, takenMs, this.#stopping.signal);
      this.#newestMs = takenMs;
      this.#changesThen = changes;
      log.info({ tookMs: Math.round(clocks.monotonic.elapsedMs(began)) }, 'The catalog was copied');
      onDone();
      return true;
    } catch (error) {
      if (this.#stopping.signal.aborted) return false;
      log.error({ err: error }, 'The catalog could not be copied');
      onFailed();
      await this.#check();
      return false;
    }
  }

  /** A running program has most pages in memory, and would not miss those on the disk until it ends. */
  async #check(): Promise<void> {
    const { file, catalog, log } = this.#parts;
    try {
      const { problem } = await runCatalogTask({ kind: 'check', file }, this.#stopping.signal);
      if (problem !== undefined) catalog.reportDamage(new Error(problem));
    } catch (error) {
      if (!this.#stopping.signal.aborted) log.warn({ err: error }, 'The catalog could not be checked');
    }
  }

  #after(delayMs: number): void {
    if (this.#stopping.signal.aborted) return;
    this.#timer = this.#parts.clocks.timers.after(delayMs, () => {
      void this.run().then((isDone) => this.#after(isDone ? backupIntervalMs : soonMs));
    });
  }
}
