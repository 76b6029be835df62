// The FFmpeg of the station: looked for beside everything else, and again and again as long as none is there.

import {
  type FfmpegFound,
  type FfmpegPlaces,
  type FfmpegSearch,
  locateFfmpeg,
} from '../../recorder/ffmpeg/locate.ts';
import type { CancelTimer, Clocks } from '../../recorder/model/clock.ts';
import type { Log } from '../../recorder/model/log.ts';
import { LookoutError } from '../contract/errors.ts';

/** One that was too busy at a cold start, or was installed meanwhile, is found without a restart. */
const againMs = 30_000;
/** An FFmpeg that takes longer to tell its version does not hold up the start; the recorders ask for it again. */
const startWaitMs = 1_000;

export interface FfmpegFinderParts {
  readonly places: FfmpegPlaces;
  readonly clocks: Pick<Clocks, 'timers'>;
  readonly log: Log;
  /** Told once. */
  readonly onFound: (found: FfmpegFound) => void;
}

export class FfmpegFinder {
  readonly #parts: FfmpegFinderParts;
  #found: FfmpegSearch | undefined;
  #search: Promise<FfmpegSearch>;
  #isSearching = true;
  #isStopped = false;
  #cancel: CancelTimer = () => undefined;

  /** Begins to look. */
  constructor(parts: FfmpegFinderParts) {
    this.#parts = parts;
    this.#search = this.#look();
  }

  /** Undefined while it is looked for the first time. */
  found(): FfmpegSearch | undefined {
    return this.#found;
  }

  path(): string | undefined {
    return this.#found?.ok === true ? this.#found.path : undefined;
  }

  /** Resolves when it was found, or the start has waited long enough for it. */
  async soon(): Promise<void> {
    const { timers } = this.#parts.clocks;
    await Promise.race([this.#search, new Promise<void>((done) => timers.after(startWaitMs, done))]);
  }

  /** The path, looked for at once where it is not known. Rejects with LookoutError RECORDER_MISSING. */
  async required(): Promise<string> {
    if (!this.#isSearching && this.#found?.ok !== true) this.#lookAgain();
    const result = await this.#search;
    if (!result.ok) throw new LookoutError('RECORDER_MISSING', result.message, { hint: result.hint });
    return result.path;
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  #lookAgain(): void {
    this.#cancel();
    this.#search = this.#look();
  }

  async #look(): Promise<FfmpegSearch> {
    this.#isSearching = true;
    const result = await locateFfmpeg(this.#parts.places);
    const before = this.#found;
    this.#found = result;
    this.#isSearching = false;
    if (this.#isStopped) return result;
    this.#tell(result, before);
    if (!result.ok) {
      this.#cancel = this.#parts.clocks.timers.after(againMs, () => this.#lookAgain());
    }
    return result;
  }

  /** What is missing for the same reason as before is not told again. */
  #tell(result: FfmpegSearch, before: FfmpegSearch | undefined): void {
    const { log, onFound } = this.#parts;
    if (result.ok) {
      log.info({ version: result.version, origin: result.origin }, 'FFmpeg found');
      onFound(result);
    } else if (before === undefined || before.ok || before.message !== result.message) {
      log.error({ problem: result.message }, 'no FFmpeg');
    }
  }
}
