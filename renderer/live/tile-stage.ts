// One tile's pictures: the stream it wants, and the camera's other one for as long as the wanted one is not there. The new
// picture grows under the old one and takes its place when it moves, so a change of stream is never seen as black.
import type { StreamId } from '../../recorder/model/ids.ts';
import type { LiveConnection } from './live-connection.ts';
import { TileFeed } from './tile-feed.ts';
import { giveVideo, takeVideo } from './video-pool.ts';

export interface StagePlan {
  readonly wanted: StreamId;
  /** The same camera in another size. */
  readonly other: StreamId | undefined;
}

/** The wanted stream may need a connection to the camera first; the other one bridges that. */
const patienceMs = 150;
/** A window that comes back sooner goes on without opening anything. */
const unseenMs = 5_000;

interface Part {
  readonly feed: TileFeed;
  readonly video: HTMLVideoElement;
}

export class TileStage {
  readonly #place: HTMLElement;
  readonly #connection: LiveConnection;
  readonly #changed: (feed: TileFeed | undefined) => void;
  readonly #parts = new Map<StreamId, Part>();
  readonly #watcher: IntersectionObserver;
  readonly #ended = new AbortController();
  #plan: StagePlan | undefined;
  #isOnScreen = true;
  #isAway = false;
  #away: ReturnType<typeof setTimeout> | undefined;
  #bridge: ReturnType<typeof setTimeout> | undefined;

  /** `changed` hears every change of the shown feed and of its status; the feed is undefined while nobody can see the tile. */
  constructor(place: HTMLElement, connection: LiveConnection, changed: (feed: TileFeed | undefined) => void) {
    this.#place = place;
    this.#connection = connection;
    this.#changed = changed;
    this.#watcher = new IntersectionObserver((entries) => {
      this.#isOnScreen = entries.at(-1)?.isIntersecting === true;
      this.#lookAround();
    });
    this.#watcher.observe(place);
    document.addEventListener('visibilitychange', () => this.#lookAround(), { signal: this.#ended.signal });
  }

  show(plan: StagePlan): void {
    this.#plan = plan;
    for (const streamId of [...this.#parts.keys()]) {
      if (streamId !== plan.wanted && streamId !== plan.other) this.#close(streamId);
    }
    if (!this.#isAway) this.#open(plan.wanted);
    this.#judge();
  }

  dispose(): void {
    this.#ended.abort();
    this.#watcher.disconnect();
    clearTimeout(this.#away);
    this.#closeAll();
  }

  /** Nobody looks: nothing is fetched or decoded. */
  #lookAround(): void {
    clearTimeout(this.#away);
    if (this.#isOnScreen && !document.hidden) {
      this.#isAway = false;
      if (this.#plan !== undefined && this.#parts.size === 0) this.show(this.#plan);
      return;
    }
    this.#away = setTimeout(() => {
      this.#isAway = true;
      this.#closeAll();
      this.#changed(undefined);
    }, unseenMs);
  }

  #open(streamId: StreamId): void {
    if (this.#parts.has(streamId)) return;
    const video = takeVideo();
    video.className = 'absolute inset-0 size-full object-contain';
    this.#place.append(video);
    // The first status may come while the feed is being made.
    const judgeLater = () => queueMicrotask(() => this.#judge());
    this.#parts.set(streamId, {
      video,
      feed: new TileFeed(this.#connection, streamId, video, judgeLater),
    });
  }

  #close(streamId: StreamId): void {
    const part = this.#parts.get(streamId);
    if (part === undefined) return;
    this.#parts.delete(streamId);
    part.feed.dispose();
    giveVideo(part.video);
  }

  #closeAll(): void {
    this.#stopBridge();
    for (const streamId of [...this.#parts.keys()]) this.#close(streamId);
  }

  #stopBridge(): void {
    clearTimeout(this.#bridge);
    this.#bridge = undefined;
  }

  #judge(): void {
    const plan = this.#plan;
    const wanted = plan && this.#parts.get(plan.wanted);
    if (plan === undefined || wanted === undefined) return;
    if (wanted.feed.status.kind === 'live') {
      this.#stopBridge();
      if (plan.other !== undefined) this.#close(plan.other);
      this.#bringToFront(wanted);
      return;
    }
    const other = plan.other === undefined ? undefined : this.#parts.get(plan.other);
    if (other === undefined) this.#bridgeSoon(plan);
    // What the wanted one says counts unless the other one has a picture: it is the one the operator asked for.
    this.#bringToFront(other?.feed.status.kind === 'live' ? other : wanted);
  }

  #bridgeSoon({ other }: StagePlan): void {
    if (other === undefined || this.#bridge !== undefined) return;
    this.#bridge = setTimeout(() => {
      this.#bridge = undefined;
      if (this.#plan?.other !== other || this.#isAway) return;
      this.#open(other);
      this.#judge();
    }, patienceMs);
  }

  #bringToFront({ feed, video }: Part): void {
    for (const part of this.#parts.values()) part.video.style.zIndex = part.video === video ? '1' : '0';
    this.#changed(feed);
  }
}
