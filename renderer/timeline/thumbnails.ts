// What the timeline needs of small pictures of a stream's moments; where they come from is not its concern.

import type { EpochMs } from '../../recorder/model/clock.ts';

export type Thumbnail =
  | { readonly kind: 'loading' }
  /** `atMs` is the moment the picture shows. */
  | { readonly kind: 'picture'; readonly atMs: EpochMs; readonly url: string }
  | { readonly kind: 'none' };

export interface Thumbnails {
  /** The picture nearest to the moment, as far as it is here; never one that was found for another moment. */
  at(ms: EpochMs): Thumbnail;
  /** Fetches it when it is not here; undefined when nobody looks any more. */
  look(ms: EpochMs | undefined): void;
  /** Calls back when an answer of `at` may have changed. Returns how to stop. */
  subscribe(changed: () => void): () => void;
}
