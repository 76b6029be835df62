// Keeps what the timeline knows of one stream true: asks the station for what a view needs, follows its events.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StationEvent } from '../../electron/contract/events.ts';
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

export class FootageKeeper {
  readonly store: StoreApi<FootageState>;
  readonly #streamId: StreamId;
  readonly #ask: Ask;
  readonly #ending = new AbortController();
  #view: Viewport | undefined;
  /** What is loaded may be wrong: ask again whatever it says. */
  #doubted = false;
  #asking = false;

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
    const { footage } = this.store.getState();
    const after = event.kind === 'footage' ? grownTo(footage, event.newestMs) : withGap(footage, event.gap);
    this.store.setState({ footage: after });
    // Footage whose begin nobody told, e.g. a new camera's first.
    const { loaded, coverage, newestMs } = after;
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
  }

  async #work(): Promise<void> {
    const { signal } = this.#ending;
    if (this.#asking || signal.aborted) return;
    this.#asking = true;
    for (let question = this.#nextQuestion(); question !== undefined; question = this.#nextQuestion()) {
      this.#doubted = false;
      this.store.setState({ loading: true });
      try {
        const answer = await this.#ask(question, signal);
        if (signal.aborted) return;
        this.store.setState({ footage: footageOf(question, answer), loading: false, error: undefined });
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
