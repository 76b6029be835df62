// Footage of the station in a video element: hls.js on the stored fragments, and the wall time of what it plays.

import Hls, { type ErrorData, Events, type MediaFragment } from 'hls.js';
import type { PlaybackStart } from '../../electron/contract/shapes.ts';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { PlaylistMap } from './playlist-map.ts';
import type { WallMap } from './wall-map.ts';

export type SourceFailure =
  /** The station did not answer, or no longer has what the playlist names. */
  | 'unreachable'
  /** The bytes came and could not be decoded. */
  | 'undecodable';

export interface SourceEvents {
  /** The map has become more exact, or longer. */
  onMap(): void;
  onFailure(failure: SourceFailure): void;
}

/** Seconds kept before and loaded ahead of the picture: 4 Mbit/s make 45 MB of both. */
const keptBehindS = 60;
const loadedAheadS = 30;
/**
 * Until the sought picture is there, no more is loaded than it takes: what comes after it would be fetched and taken apart
 * on the cores that are to decode the picture.
 */
const loadedAheadOfPictureS = 1;
const bufferLimitBytes = 60_000_000;
/** Attempts of the decoder after an error before it is given up. */
const recoveriesLimit = 2;
const requestTimeoutMs = 10_000;

/** One player of one stream; `load` may be called again, each time with another playlist. */
export class HlsSource {
  readonly #hls: Hls;
  readonly #events: SourceEvents;
  readonly #ending = new AbortController();
  #playlist = new PlaylistMap();
  #recoveries = 0;
  #startS = 0;

  constructor(video: HTMLVideoElement, events: SourceEvents) {
    this.#events = events;
    const load = {
      default: {
        maxTimeToFirstByteMs: requestTimeoutMs,
        maxLoadTimeMs: 2 * requestTimeoutMs,
        timeoutRetry: { maxNumRetry: 1, retryDelayMs: 0, maxRetryDelayMs: 0 },
        errorRetry: { maxNumRetry: 2, retryDelayMs: 300, maxRetryDelayMs: 1_000 },
      },
    };
    this.#hls = new Hls({
      // Fragments pass through as they lie on disk; a worker would only copy them.
      enableWorker: false,
      autoStartLoad: false,
      // Else what loads before the media source has opened waits for the next turn of a timer of 100 ms.
      startFragPrefetch: true,
      backBufferLength: keptBehindS,
      maxBufferLength: loadedAheadS,
      maxMaxBufferLength: loadedAheadS,
      maxBufferSize: bufferLimitBytes,
      lowLatencyMode: false,
      fragLoadPolicy: load,
      playlistLoadPolicy: load,
      manifestLoadPolicy: load,
    });
    this.#listen();
    this.#hurryToPictures(video);
    this.#hls.attachMedia(video);
  }

  static canPlay(videoCodec: string): boolean {
    return Hls.isSupported() && MediaSource.isTypeSupported(`video/mp4; codecs="${videoCodec}"`);
  }

  /** Replaces what is played by the playlist of `start`, from the moment it is to show. */
  load(start: PlaybackStart): void {
    this.#playlist = new PlaylistMap();
    this.#recoveries = 0;
    this.#startS = Math.max(0, (start.atMs - start.playlistStartMs) / 1_000);
    this.#loadAhead(loadedAheadOfPictureS);
    this.#hls.loadSource(start.playlist);
  }

  /** Where moments lie on the player's timeline, as far as is known now. */
  get map(): WallMap {
    return this.#playlist.current();
  }

  /** Begin of the listed GOP that holds the moment: of what was stored when the playlist was opened, a key frame. */
  keyframeMs(ms: EpochMs): EpochMs | undefined {
    return this.#playlist.entryStartMs(ms);
  }

  dispose(): void {
    this.#ending.abort();
    this.#hls.destroy();
    // React holds on to the screen that was left until a later one is drawn twice: what lists half an hour must not hang on it.
    this.#playlist = new PlaylistMap();
  }

  #hurryToPictures(video: HTMLVideoElement): void {
    const { signal } = this.#ending;
    video.addEventListener('seeking', () => this.#loadAhead(loadedAheadOfPictureS), { signal });
    for (const there of ['seeked', 'canplay']) {
      video.addEventListener(there, () => video.seeking || this.#loadAhead(loadedAheadS), { signal });
    }
  }

  #loadAhead(seconds: number): void {
    this.#hls.config.maxBufferLength = seconds;
    this.#hls.config.maxMaxBufferLength = seconds;
  }

  #listen(): void {
    const hls = this.#hls;
    hls.on(Events.MANIFEST_PARSED, () => hls.startLoad(this.#startS));
    const list = (_: string, { details }: { details: { fragments: MediaFragment[] } }) => {
      this.#playlist.list(details.fragments);
      this.#events.onMap();
    };
    hls.on(Events.LEVEL_UPDATED, list);
    hls.on(Events.LEVEL_PTS_UPDATED, list);
    hls.on(Events.BUFFER_APPENDING, (_, { frag, data, offset }) => {
      if (frag.sn === 'initSegment') this.#playlist.addInit(frag.url, data);
      else if (offset !== undefined) {
        this.#playlist.addBytes(frag as MediaFragment, data, offset);
        this.#events.onMap();
      }
    });
    hls.on(Events.ERROR, (_, error) => this.#onError(error));
  }

  #onError({ fatal, type }: ErrorData): void {
    if (!fatal) return;
    if (type === Hls.ErrorTypes.MEDIA_ERROR && this.#recoveries < recoveriesLimit) {
      this.#recoveries += 1;
      this.#hls.recoverMediaError();
      return;
    }
    this.#hls.stopLoad();
    this.#events.onFailure(type === Hls.ErrorTypes.NETWORK_ERROR ? 'unreachable' : 'undecodable');
  }
}
