// Keeps the cached list of cameras true between the station's answers and its events, which overtake each other.
import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query';
import type { StationEvent } from '../../electron/contract/events.ts';
import type { Camera } from '../../electron/contract/shapes.ts';
import { camerasAfter } from './cameras-after.ts';

/** More than every camera of a large site says while one answer is on its way; past it the list is asked for anew. */
const eventsLimit = 2_000;

/**
 * The list under `queryKey`, told of every event. An answer that is on its way may be older than an event: it is not asked for
 * again, which would never end while many cameras change; the events that came meanwhile are put into it. One that the answer
 * knew already shows for the moment until the events after it, which come as well.
 */
export class CamerasKeeper {
  readonly #queries: QueryClient;
  readonly #queryKey: QueryKey;
  readonly #forget: () => void;
  /** Those that came while an answer was on its way. */
  #meanwhile: StationEvent[] = [];

  constructor(queries: QueryClient, queryKey: QueryKey) {
    this.#queries = queries;
    this.#queryKey = queryKey;
    const hash = hashKey(queryKey);
    this.#forget = queries.getQueryCache().subscribe((news) => {
      if (news.type !== 'updated' || news.query.queryHash !== hash) return;
      if (news.action.type === 'success' && news.action.manual !== true) this.#putIntoAnswer();
    });
  }

  tell(event: StationEvent): void {
    const known = this.#queries.getQueryData<readonly Camera[]>(this.#queryKey);
    const after = known === undefined ? undefined : camerasAfter(known, event);
    if (after !== known) this.#queries.setQueryData(this.#queryKey, after);
    if (this.#queries.isFetching({ queryKey: this.#queryKey, exact: true }) === 0) this.#meanwhile = [];
    else this.#remember(event);
  }

  stop(): void {
    this.#forget();
  }

  #remember(event: StationEvent): void {
    if (event.kind !== 'camera' && event.kind !== 'camera-removed' && event.kind !== 'stream-state') return;
    this.#meanwhile.push(event);
    if (this.#meanwhile.length <= eventsLimit) return;
    this.#meanwhile = [];
    const queryKey = this.#queryKey;
    void this.#queries.cancelQueries({ queryKey }).then(() => this.#queries.invalidateQueries({ queryKey }));
  }

  #putIntoAnswer(): void {
    const events = this.#meanwhile;
    this.#meanwhile = [];
    if (events.length === 0) return;
    this.#queries.setQueryData<readonly Camera[]>(this.#queryKey, (answer) => {
      return answer === undefined ? answer : events.reduce(camerasAfter, answer);
    });
  }
}
