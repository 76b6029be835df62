// What the tiles measure about themselves: read by the overlay on each tile, by benches and by a support session,
// as `window.lookoutDiagnostics.tiles()` in the browser's console.
import type { StreamId } from '../../recorder/model/ids.ts';
import type { FrameReading, LatencySummary } from './latency.ts';
import { summarize } from './latency.ts';
import type { TileFeed } from './tile-feed.ts';
import type { TileStatus } from './tile-status.ts';

/** The overlay's figures are those of the last ten seconds. */
const overlayWindowMs = 10_000;

export interface TileReport {
  /** Of the stream that is shown; a camera has one for each size. */
  readonly streamId: StreamId;
  readonly status: TileStatus['kind'];
  readonly videoCodec: string | undefined;
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly framesPerSecond: number;
  readonly bitsPerSecond: number;
  /** Media waiting between the playhead and the newest frame. */
  readonly aheadMs: number;
  /** Muxer to glass over the last ten seconds; undefined while nothing is shown. */
  readonly latency: LatencySummary | undefined;
  /** The newest frame on the glass. */
  readonly newest: FrameReading | undefined;
  /** Every frame of about the last minute, oldest first. */
  readonly readings: readonly FrameReading[];
}

export interface LookoutDiagnostics {
  tiles(): TileReport[];
}

declare global {
  interface Window {
    lookoutDiagnostics?: LookoutDiagnostics;
  }
}

const feeds = new Set<{ readonly slot: number | undefined; readonly feed: TileFeed }>();

export function reportOf(feed: TileFeed): TileReport {
  const { player } = feed;
  const { readings } = player.latency;
  const nowMs = performance.now();
  return {
    streamId: feed.streamId,
    status: feed.status.kind,
    videoCodec: player.format?.videoCodec,
    width: player.format?.width,
    height: player.format?.height,
    framesPerSecond: player.throughput.framesPerSecond(nowMs),
    bitsPerSecond: player.throughput.bitsPerSecond(nowMs),
    aheadMs: player.bufferedAheadMs,
    latency: summarize(readings, Date.now(), overlayWindowMs),
    newest: readings.at(-1),
    readings,
  };
}

/** Whichever of its camera's streams the tile shows; undefined for one that shows none now. */
export function feedIn(slot: number): TileFeed | undefined {
  return [...feeds].find((one) => one.slot === slot)?.feed;
}

/** Lists a tile until the answer is called. */
export function enlist(slot: number | undefined, feed: TileFeed): () => void {
  const one = { slot, feed };
  feeds.add(one);
  window.lookoutDiagnostics ??= { tiles: () => [...feeds].map(({ feed: each }) => reportOf(each)) };
  return () => feeds.delete(one);
}
