// What one tile shows: its stream on the window's connection, its player, and the status that follows from both.
import type { StreamId } from '../../recorder/model/ids.ts';
import type { StreamState } from '../../recorder/model/states.ts';
import type { ChannelMessage, LiveConnection } from './live-connection.ts';
import { LivePlayer } from './live-player.ts';
import { sameStatus, type TileStatus, tileStatus } from './tile-status.ts';

/** How soon a picture that stopped is noticed after its two seconds. */
const checkEveryMs = 250;

export class TileFeed {
  readonly streamId: StreamId;
  readonly player: LivePlayer;
  readonly #connection: LiveConnection;
  readonly #stopWatching: () => void;
  readonly #check: ReturnType<typeof setInterval>;
  readonly #onStatus: (status: TileStatus) => void;
  #state: StreamState | undefined;
  #status: TileStatus = { kind: 'connecting' };

  /** Begins to watch at once; `onStatus` hears every change of the status. */
  constructor(
    connection: LiveConnection,
    streamId: StreamId,
    video: HTMLVideoElement,
    onStatus: (status: TileStatus) => void,
  ) {
    this.streamId = streamId;
    this.#connection = connection;
    this.#onStatus = onStatus;
    this.player = new LivePlayer(video, () => this.#judge());
    this.#stopWatching = connection.subscribe(streamId, {
      message: (message) => this.#receive(message),
      interrupted: () => this.player.stop(),
    });
    this.#check = setInterval(() => this.#judge(), checkEveryMs);
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  get status(): TileStatus {
    return this.#status;
  }

  dispose(): void {
    clearInterval(this.#check);
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#stopWatching();
    this.player.dispose();
  }

  #receive(message: ChannelMessage): void {
    if (message.kind === 'state') {
      this.#state = message.state;
      this.#judge();
    } else {
      this.player.message(message);
    }
  }

  #judge(): void {
    const next = tileStatus({
      state: this.#state,
      silentSinceMs: this.#connection.silentSinceMs,
      playback: this.player.state,
      nowMs: performance.now(),
    });
    if (sameStatus(this.#status, next)) return;
    this.#status = next;
    this.#onStatus(next);
  }

  readonly #onVisibility = () => {
    if (!document.hidden) this.player.resume();
  };
}
