// Keeps what the timeline knows of one stream true: asks the station for what a view needs, follows its events.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StationEvent } from '../../electron/contract/events.ts';
import { type EpochMs, hourMs } from '../../recorder/model/clock.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import {
  type Answer,
  type Footage,
  footageOf,
  grownTo,
  nothingLoaded,
  type Question,
  questionFor,
  withGap,
} from '../timeline/footage.ts';
import type { Viewport } from '../timeline/viewport.ts';

export interface FootageState {
  readonly footage: Footage;
  readonly loading: boolean;
  /** What the last question threw; undefined once one was answered. */
  readonly error: unknown;
}

/** Answers `timeline.range` for the stream; aborted questions may throw anything. */
export type Ask = (question: Question, signal: AbortSignal) => Promise<Answer>;

/** What a player is to know around the moment it shows: nights without footage are passed over at once, at 16× as well. */
const accompaniedMs = 6 * hourMs;
/** Holes longer than half a second are told apart. */
const accompaniedWidth = accompaniedMs / 1_000;

/** Nothing tells of what retention deletes, nor of anything about a removed camera: an answer is believed for so long. */
const believedMs = 5 * 60_000;

type NewsOfFootage = Extract<StationEvent, { kind: 'footage' | 'gap' }>;

function after(footage: Footage, event: NewsOfFootage): Footage {
  return event.kind === 'footage' ? grownTo(footage, event.newestMs) : withGap(footage, event.gap);
}

/** Begin of the oldest footage of several streams; undefined until each has answered. */
export function oldestOf(states: readonly FootageState[]): EpochMs | undefined {
  if (states.some(({ footage, error }) => footage.loaded === undefined && error === undefined))
    return undefined;
  const oldest = states.flatMap(({ footage }) => footage.oldestMs ?? []);
  return oldest.length === 0 ? undefined : Math.min(...oldest);
}

export class FootageKeeper {
  readonly store: StoreApi<FootageState>;
  readonly #streamId: StreamId;
  readonly #ask: Ask;
  readonly #ending = new AbortController();
  #view: Viewport | undefined;
  /** What is loaded may be wrong: ask again whatever it says. */
  #doubted = false;
  #asking = false;
  #doubt: ReturnType<typeof setTimeout> | undefined;
  /** What happened since the question under way was asked: its answer may be of before. */
  #meanwhile: NewsOfFootage[] = [];

  constructor(streamId: StreamId, ask: Ask) {
    this.#streamId = streamId;
    this.#ask = ask;
    this.store = createStore(() => ({ footage: nothingLoaded, loading: false, error: undefined }));
  }

  /** The view has changed; asks when what is loaded does not answer it. One question is under way at a time. */
  look(view: Viewport): void {
    this.#view = view;
    void this.#work();
  }

  /** For who shows a moment, not a view: asks long before what is known around it ends. To be called with every frame. */
  accompany(ms: EpochMs): void {
    const view = this.#view;
    if (view !== undefined && Math.abs(ms - view.startMs - view.spanMs / 2) < accompaniedMs / 4) return;
    this.look({ startMs: ms - accompaniedMs / 2, spanMs: accompaniedMs, width: accompaniedWidth });
  }

  /** Asks again, after a failure or when events were missed. */
  askAgain(): void {
    this.#doubted = true;
    void this.#work();
  }

  onEvent(event: StationEvent): void {
    if (event.kind === 'resync') {
      this.askAgain();
      return;
    }
    if ((event.kind !== 'footage' && event.kind !== 'gap') || event.streamId !== this.#streamId) return;
    if (this.#asking) this.#meanwhile.push(event);
    const footage = after(this.store.getState().footage, event);
    this.store.setState({ footage });
    // Footage whose begin nobody told, e.g. a new camera's first.
    const { loaded, coverage, newestMs } = footage;
    const unexplained =
      loaded !== undefined &&
      newestMs !== undefined &&
      newestMs > loaded.startMs &&
      newestMs <= loaded.endMs &&
      (coverage.endsMs.at(-1) ?? 0) < newestMs;
    if (event.kind === 'footage' && unexplained) this.askAgain();
  }

  dispose(): void {
    this.#ending.abort();
    clearTimeout(this.#doubt);
  }

  async #work(): Promise<void> {
    const { signal } = this.#ending;
    if (this.#asking || signal.aborted) return;
    this.#asking = true;
    for (let question = this.#nextQuestion(); question !== undefined; question = this.#nextQuestion()) {
      this.#doubted = false;
      this.#meanwhile = [];
      this.store.setState({ loading: true });
      clearTimeout(this.#doubt);
      this.#doubt = setTimeout(() => this.askAgain(), believedMs);
      try {
        const answer = await this.#ask(question, signal);
        if (signal.aborted) return;
        const footage = this.#meanwhile.reduce(after, footageOf(question, answer));
        this.store.setState({ footage, loading: false, error: undefined });
      } catch (error) {
        if (signal.aborted) return;
        // Shown with a way to try again; the next change of the view tries as well.
        this.store.setState({ loading: false, error });
        break;
      }
    }
    this.#asking = false;
  }

  #nextQuestion(): Question | undefined {
    if (this.#view === undefined) return undefined;
    return questionFor(this.#view, this.#doubted ? nothingLoaded : this.store.getState().footage);
  }
}
