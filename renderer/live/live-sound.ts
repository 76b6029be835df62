// The sound of one live stream, in an element of its own: the picture beside it is never held up by it.
import { FragmentQueue, type LiveFragment } from './fragment-queue.ts';
import { LatencyLog } from './latency.ts';
import { LiveEdge } from './live-edge.ts';
import { LiveSource, mimeOf } from './live-source.ts';

export class LiveSound {
  readonly #audio = new Audio();
  readonly #queue = new FragmentQueue();
  readonly #edge = new LiveEdge();
  readonly #source: LiveSource | undefined;

  /** `init` is the stream's whole init section, a copy of its own; `codec` that of its sound (RFC 6381). */
  constructor(init: Uint8Array<ArrayBuffer>, codec: string) {
    const sound = { track: 'soun', codec } as const;
    if (!MediaSource.isTypeSupported(mimeOf(sound))) return;
    this.#audio.addEventListener('waiting', () => this.#edge.stalled(performance.now()));
    this.#source = new LiveSource(this.#audio, {
      ...{ ...sound, init, queue: this.#queue, edge: this.#edge, latency: new LatencyLog() },
      // Silence is all that can be done about a broken sound; the picture has its own way.
      failed: () => undefined,
    });
  }

  /** A fragment of the stream, a copy of its own. Sound can begin with any of them. */
  push(fragment: LiveFragment): void {
    this.#queue.push({ ...fragment, keyframe: true });
    this.#source?.pump();
  }

  dispose(): void {
    this.#source?.dispose();
    this.#audio.pause();
    this.#audio.removeAttribute('src');
    this.#audio.load();
  }
}
