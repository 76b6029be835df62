// Rows of motion: settings of cameras, events and heat maps, and where the thumbnails of a moment may lie.

import { type EpochMs, hourMs } from '../../recorder/model/clock.ts';
import type { CameraId, StreamId } from '../../recorder/model/ids.ts';
import { longestMs, type MotionEvent } from '../../recorder/motion/events.ts';
import type { MotionSettings } from '../../recorder/motion/stream-motion.ts';
import type { Catalog } from './open.ts';

export interface StoredEvent {
  readonly streamId: StreamId;
  readonly event: MotionEvent;
}

export interface StoredHeatMap {
  readonly streamId: StreamId;
  readonly segmentStartMs: EpochMs;
  readonly blob: Uint8Array;
}

/** Text of the reads, by name; a test asserts the plan of each. */
export const motionReads = {
  events: `SELECT start_ms, end_ms, peak_ms, peak_level, cells FROM motion_events
    WHERE stream_number = ? AND start_ms >= ? AND start_ms < ? ORDER BY start_ms`,
  heatMaps: `SELECT start_ms, cells FROM heat_maps
    WHERE stream_number = ? AND start_ms < ? AND start_ms >= coalesce(
      (SELECT max(start_ms) FROM heat_maps WHERE stream_number = ? AND start_ms <= ?), ?)
    ORDER BY start_ms`,
  segmentsBefore: `SELECT start_ms, end_ms, volumes.folder
    FROM segments JOIN volumes ON volumes.number = segments.volume_number
    WHERE stream_number = ? AND start_ms <= ? AND start_ms >= ? ORDER BY start_ms DESC LIMIT 2`,
} as const;

/** A segment in which, or before which, a moment lies. */
export interface SegmentPlace {
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
  readonly volumeFolder: string;
}

/** The longest segment there is. */
const longestSegmentMs = hourMs + 60_000;
const levelUnits = 1_000;

export class MotionRows {
  readonly #catalog: Catalog;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
    this.#statements = prepare(catalog);
  }

  /** Undefined for a camera that nobody set. */
  settings(cameraId: CameraId): MotionSettings | undefined {
    return toSettings(this.#statements.settings.get(cameraId));
  }

  settingsOfStream(streamId: StreamId): MotionSettings | undefined {
    return toSettings(this.#statements.settingsOfStream.get(streamId));
  }

  setSettings(cameraId: CameraId, { enabled, sensitivity, masks }: MotionSettings): void {
    this.#statements.setSettings.run(cameraId, enabled ? 1 : 0, sensitivity, JSON.stringify(masks));
  }

  /** All in one transaction. What belongs to a segment that is gone is left out. */
  store(events: readonly StoredEvent[], heatMaps: readonly StoredHeatMap[]): void {
    this.#catalog.database
      .transaction(() => {
        for (const { streamId, event } of events) {
          const { startMs, endMs, peakMs, peakLevel, cells } = event;
          const level = Math.round(peakLevel * levelUnits);
          this.#statements.addEvent.run(startMs, endMs, peakMs, level, cells, streamId);
        }
        for (const { streamId, segmentStartMs, blob } of heatMaps) {
          this.#statements.addHeatMap.run(blob, streamId, segmentStartMs);
        }
      })
      .immediate();
  }

  /** Visits the events that touch [startMs, endMs), in order, until `visit` answers false. */
  eachEvent(stream: number, startMs: EpochMs, endMs: EpochMs, visit: (event: MotionEvent) => boolean): void {
    const rows = this.#statements.events.iterate(stream, startMs - longestMs, endMs) as Iterable<
      [EpochMs, EpochMs, EpochMs, number, Buffer]
    >;
    for (const [eventStartMs, eventEndMs, peakMs, level, cells] of rows) {
      if (eventEndMs < startMs) continue;
      const times = { startMs: eventStartMs, endMs: eventEndMs, peakMs };
      if (!visit({ ...times, peakLevel: level / levelUnits, cells })) return;
    }
  }

  /** Visits the heat maps of the segments that touch [startMs, endMs), in order, until `visit` answers false. */
  eachHeatMap(
    stream: number,
    startMs: EpochMs,
    endMs: EpochMs,
    visit: (segmentStartMs: EpochMs, blob: Uint8Array) => boolean,
  ): void {
    const rows = this.#statements.heatMaps.iterate(stream, endMs, stream, startMs, startMs) as Iterable<
      [EpochMs, Buffer]
    >;
    for (const [segmentStartMs, blob] of rows) {
      if (!visit(segmentStartMs, blob)) return;
    }
  }

  /** The newest two segments that begin at the moment or before, not older than the longest can be, the newest first. */
  segmentsBefore(stream: number, atMs: EpochMs): SegmentPlace[] {
    const rows = this.#statements.segmentsBefore.all(stream, atMs, atMs - 2 * longestSegmentMs) as [
      EpochMs,
      EpochMs,
      string,
    ][];
    return rows.map(([startMs, endMs, volumeFolder]) => ({ startMs, endMs, volumeFolder }));
  }
}

interface SettingsRow {
  readonly enabled: number;
  readonly sensitivity: number;
  readonly masks: string;
}

function toSettings(row: SettingsRow | undefined): MotionSettings | undefined {
  if (row === undefined) return undefined;
  const { enabled, sensitivity, masks } = row;
  return { enabled: enabled === 1, sensitivity, masks: JSON.parse(masks) as MotionSettings['masks'] };
}

function prepare({ database }: Catalog) {
  return {
    settings: database.prepare<[CameraId], SettingsRow>(
      'SELECT enabled, sensitivity, masks FROM motion_settings WHERE camera_id = ?',
    ),
    settingsOfStream: database.prepare<[StreamId], SettingsRow>(
      `SELECT enabled, sensitivity, masks FROM motion_settings
       WHERE camera_id = (SELECT camera_id FROM streams WHERE id = ?)`,
    ),
    setSettings: database.prepare<[CameraId, number, number, string]>(
      `INSERT INTO motion_settings (camera_id, enabled, sensitivity, masks) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET enabled = excluded.enabled, sensitivity = excluded.sensitivity, masks = excluded.masks`,
    ),
    addEvent: database.prepare<[EpochMs, EpochMs, EpochMs, number, Uint8Array, StreamId]>(
      `INSERT INTO motion_events (stream_number, start_ms, end_ms, peak_ms, peak_level, cells)
       SELECT number, ?, ?, ?, ?, ? FROM streams WHERE id = ?
       ON CONFLICT DO UPDATE SET end_ms = excluded.end_ms, peak_ms = excluded.peak_ms,
         peak_level = excluded.peak_level, cells = excluded.cells`,
    ),
    addHeatMap: database.prepare<[Uint8Array, StreamId, EpochMs]>(
      `INSERT INTO heat_maps (stream_number, start_ms, cells)
       SELECT stream_number, start_ms, ? FROM segments WHERE stream_number = (SELECT number FROM streams WHERE id = ?) AND start_ms = ?
       ON CONFLICT DO UPDATE SET cells = excluded.cells`,
    ),
    events: database.prepare<[number, EpochMs, EpochMs], unknown[]>(motionReads.events).raw(),
    heatMaps: database
      .prepare<[number, EpochMs, number, EpochMs, EpochMs], unknown[]>(motionReads.heatMaps)
      .raw(),
    segmentsBefore: database.prepare<[number, EpochMs, EpochMs], unknown[]>(motionReads.segmentsBefore).raw(),
  };
}
