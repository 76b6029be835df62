// Motion: settings of cameras, events and heat maps into the catalog, and the questions a timeline and a search ask of them.

import type { MotionNews, PictureUse } from '../../recorder/capture/stream-pictures.ts';
import { type CancelTimer, type Clocks, type EpochMs, hourMs } from '../../recorder/model/clock.ts';
import type { CameraId, StreamId } from '../../recorder/model/ids.ts';
import type { Log } from '../../recorder/model/log.ts';
import { cellCount, cellsOf, countCells, countShared, type Outline } from '../../recorder/motion/cells.ts';
import { type MotionEvent, quietMs } from '../../recorder/motion/events.ts';
import { readHeatMap } from '../../recorder/motion/heat-map.ts';
import { defaultMotionSettings, type MotionSettings } from '../../recorder/motion/stream-motion.ts';
import type { CameraRows } from '../catalog/cameras.ts';
import { FootageReads } from '../catalog/footage-reads.ts';
import { MotionRows, type StoredEvent, type StoredHeatMap } from '../catalog/motion.ts';
import type { Catalog } from '../catalog/open.ts';
import { LookoutError } from '../contract/errors.ts';
import {
  type MotionEventList,
  type MotionEventShape,
  type MotionHit,
  type MotionHitList,
  type MotionLevels,
  motionAnswerLimit,
} from '../contract/motion.ts';
import type { EventBoard } from '../events/event-board.ts';

/**
 * What comes within this is written in one transaction for all cameras: a row of its own each would be a sync of the disk
 * each. So much a crash takes of what is known of motion, beside what concerns the segments still open.
 */
const gatherMs = 5_000;
/** A catalog that takes no rows for so long that more wait loses the oldest. */
const waitingLimit = 10_000;
/** Heat maps answer up to this; of longer ranges only the events are read: a bucket is wider than an event by then. */
const heatMapsRangeMs = 26 * hourMs;

export interface MotionParts {
  readonly catalog: Catalog;
  readonly cameras: CameraRows;
  readonly board: EventBoard;
  readonly clocks: Clocks;
  readonly log: Log;
  /** Hands settings to the recorder of a stream. */
  readonly apply: (streamId: StreamId, settings: MotionSettings) => void;
}

export interface TimeRange {
  readonly streamId: StreamId;
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
}

/** Everything throws LookoutError for what it refuses. */
export class MotionService {
  readonly #parts: MotionParts;
  readonly #rows: MotionRows;
  readonly #reads: FootageReads;
  readonly #open = new Map<StreamId, MotionEvent>();
  #events: StoredEvent[] = [];
  #heatMaps: StoredHeatMap[] = [];
  #cancel: CancelTimer | undefined;

  constructor(parts: MotionParts) {
    this.#parts = parts;
    this.#rows = new MotionRows(parts.catalog);
    this.#reads = new FootageReads(parts.catalog);
  }

  settings(cameraId: CameraId): MotionSettings {
    this.#streamOf(cameraId);
    return this.#rows.settings(cameraId) ?? defaultMotionSettings;
  }

  /** Takes effect with the next keyframe. */
  setSettings(cameraId: CameraId, settings: MotionSettings): MotionSettings {
    const streamId = this.#streamOf(cameraId);
    this.#rows.setSettings(cameraId, settings);
    this.#parts.apply(streamId, settings);
    this.#parts.board.publish({ kind: 'motion-settings', cameraId });
    return this.settings(cameraId);
  }

  /** For the recorders. */
  pictureUse(): PictureUse {
    return {
      settingsOf: (streamId) => this.#rows.settingsOfStream(streamId) ?? defaultMotionSettings,
      volumeFolder: (id) => this.#reads.volumeFolder(id),
      onMotion: (streamId, news) => this.#take(streamId, news),
    };
  }

  #take(streamId: StreamId, news: MotionNews): void {
    const { board } = this.#parts;
    switch (news.kind) {
      case 'began':
        this.#open.set(streamId, news.event);
        board.publish({ kind: 'motion', streamId, event: { ...shown(news.event), endMs: undefined } });
        return;
      case 'ended':
        this.#open.delete(streamId);
        board.publish({ kind: 'motion', streamId, event: shown(news.event) });
        // Without footage there is nothing it could be the motion of.
        if (news.isKept) this.#add(this.#events, { streamId, event: news.event });
        return;
      case 'heat-map':
        this.#add(this.#heatMaps, { streamId, segmentStartMs: news.segmentStartMs, blob: news.blob });
    }
  }

  /** The first of the range, oldest first, the one that goes on included. */
  events({ streamId, startMs, endMs }: TimeRange): MotionEventList {
    const stream = this.#stream(streamId);
    this.#store();
    const events: MotionEventShape[] = [];
    this.#rows.eachEvent(stream, startMs, endMs, (event) => {
      events.push(shown(event));
      return events.length <= motionAnswerLimit;
    });
    const open = this.#open.get(streamId);
    if (open !== undefined && open.startMs < endMs) events.push({ ...shown(open), endMs: undefined });
    return { events: events.slice(0, motionAnswerLimit), more: events.length > motionAnswerLimit };
  }

  /** When something moved in the region. Reads 20 bytes for each keyframe at which anything moved. */
  search({
    streamId,
    startMs,
    endMs,
    region,
  }: TimeRange & { readonly region: readonly Outline[] }): MotionHitList {
    const stream = this.#stream(streamId);
    this.#store();
    const wanted = cellsOf(region);
    const size = countCells(wanted);
    const hits = new HitList();
    this.#rows.eachHeatMap(stream, startMs, endMs, (segmentStartMs, blob) => {
      readHeatMap(blob, segmentStartMs, (atMs, cells) => {
        if (atMs < startMs || atMs >= endMs) return;
        const shared = countShared(wanted, cells);
        if (shared > 0) hits.add(atMs, shared / size);
      });
      return !hits.isFull;
    });
    return hits.list();
  }

  /** How much moved in each of `buckets` equal parts of the range, in percent of the picture. */
  levels({ streamId, startMs, endMs, buckets }: TimeRange & { readonly buckets: number }): MotionLevels {
    const stream = this.#stream(streamId);
    this.#store();
    const levels = new Uint8Array(buckets);
    const raise = (fromMs: EpochMs, untilMs: EpochMs, level: number) => {
      const bucketOf = (atMs: EpochMs) => Math.floor(((atMs - startMs) * buckets) / (endMs - startMs));
      // What moves at all is seen.
      const percent = Math.max(1, Math.round(level * 100));
      const last = Math.min(buckets - 1, bucketOf(untilMs));
      for (let bucket = Math.max(0, bucketOf(fromMs)); bucket <= last; bucket++) {
        levels[bucket] = Math.max(levels[bucket] ?? 0, percent);
      }
    };
    let mappedMs = Number.NEGATIVE_INFINITY;
    if (endMs - startMs <= heatMapsRangeMs) {
      this.#rows.eachHeatMap(stream, startMs, endMs, (segmentStartMs, blob) => {
        readHeatMap(blob, segmentStartMs, (atMs, cells) => {
          mappedMs = atMs;
          if (atMs >= startMs && atMs < endMs) raise(atMs, atMs, countCells(cells) / cellCount);
        });
        return true;
      });
    }
    // Of a segment that is still open there is no heat map: there, and in long ranges, the events tell.
    this.#rows.eachEvent(stream, Math.max(startMs, mappedMs + 1), endMs, (event) => {
      raise(Math.max(event.startMs, mappedMs + 1), event.endMs, event.peakLevel);
      return true;
    });
    const open = this.#open.get(streamId);
    if (open !== undefined) raise(open.startMs, Math.max(open.startMs, this.#nowMs()), open.peakLevel);
    return { levels: [...levels] };
  }

  /** Writes what waits; for the end of the program, after the recorders have told everything. */
  stop(): void {
    this.#store();
    this.#cancel?.();
  }

  #add<T>(list: T[], item: T): void {
    list.push(item);
    if (list.length > waitingLimit) list.shift();
    this.#cancel ??= this.#parts.clocks.timers.after(gatherMs, () => {
      this.#cancel = undefined;
      this.#store();
    });
  }

  /** A catalog that refuses keeps it waiting for the next time. */
  #store(): void {
    if (this.#events.length === 0 && this.#heatMaps.length === 0) return;
    try {
      this.#rows.store(this.#events, this.#heatMaps);
      this.#events = [];
      this.#heatMaps = [];
    } catch (error) {
      this.#parts.log.error({ err: error }, 'The catalog did not take what moved');
    }
  }

  #stream(streamId: StreamId): number {
    const stream = this.#reads.stream(streamId);
    if (stream === undefined) {
      throw new LookoutError('STREAM_NOT_FOUND', 'This camera does not exist.', { field: 'streamId' });
    }
    return stream.number;
  }

  #streamOf(cameraId: CameraId): StreamId {
    const camera = this.#parts.cameras.get(cameraId);
    if (camera === undefined) {
      throw new LookoutError('CAMERA_NOT_FOUND', 'There is no such camera.', { field: 'cameraId' });
    }
    return camera.stream.id;
  }

  #nowMs(): EpochMs {
    return this.#parts.clocks.wall.nowMs();
  }
}

/** Keyframes of a region joined to hits as events are joined. */
class HitList {
  readonly #hits: MotionHit[] = [];
  #open: MotionHit | undefined;

  get isFull(): boolean {
    return this.#hits.length > motionAnswerLimit;
  }

  add(atMs: EpochMs, level: number): void {
    const open = this.#open;
    if (open === undefined || atMs - open.endMs > quietMs) {
      this.#end();
      this.#open = { startMs: atMs, endMs: atMs, peakMs: atMs, peakLevel: level };
    } else {
      const peak = level > open.peakLevel ? { peakMs: atMs, peakLevel: level } : {};
      this.#open = { ...open, endMs: atMs, ...peak };
    }
  }

  list(): MotionHitList {
    this.#end();
    return { hits: this.#hits.slice(0, motionAnswerLimit), more: this.isFull };
  }

  #end(): void {
    if (this.#open !== undefined) this.#hits.push(this.#open);
    this.#open = undefined;
  }
}

function shown({ startMs, endMs, peakMs, peakLevel, cells }: MotionEvent): MotionEventShape {
  return { startMs, endMs, peakMs, peakLevel, cells: Buffer.from(cells).toString('hex') };
}
