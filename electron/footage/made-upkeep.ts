// A footage store without files, for tests of what looks after it: rows in a real catalog, disks that are numbers.

import type { Clocks, Instant } from '../../recorder/model/clock.ts';
import type { Segment } from '../../recorder/model/footage.ts';
import type { CameraId, StreamId, VolumeId } from '../../recorder/model/ids.ts';
import type { Log } from '../../recorder/model/log.ts';
import { segmentPath } from '../../recorder/segments/segment-path.ts';
import { openVolume } from '../../recorder/segments/volume.ts';
import { Volumes } from '../../recorder/segments/volumes.ts';
import { AlarmRows } from '../catalog/alarms.ts';
import { createLedger } from '../catalog/ledger.ts';
import { LockRows } from '../catalog/locks.ts';
import { addCamera, type MadeCatalog, madeCatalog } from '../catalog/made-catalog.ts';
import { wholeSpan } from '../catalog/made-segment.ts';
import { RetentionRows } from '../catalog/retention.ts';
import { VolumeRows } from '../catalog/volumes.ts';
import { AlarmBoard } from '../events/alarm-board.ts';
import { ClockTrust } from './clock-trust.ts';
import { Retention } from './retention.ts';

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** Wall and monotonic time that only a test moves; timers never fire by themselves. */
export class MadeTime implements Clocks {
  wallMs = Date.UTC(2026, 5, 1);
  monotonicMs = 0;

  readonly wall = { nowMs: () => this.wallMs };
  readonly monotonic = {
    now: () => this.monotonicMs as unknown as Instant,
    elapsedMs: (since: Instant) => this.monotonicMs - (since as unknown as number),
  };
  readonly timers = { after: () => () => {} };

  pass(ms: number): void {
    this.wallMs += ms;
    this.monotonicMs += ms;
  }
}

export interface MadeCamera {
  readonly cameraId: CameraId;
  readonly streamId: StreamId;
}

/** A disk: what it holds besides footage, and in all. */
interface MadeDisk {
  totalBytes: number;
  otherBytes: number;
}

export class MadeUpkeep {
  readonly made: MadeCatalog = madeCatalog();
  readonly time = new MadeTime();
  readonly ledger = createLedger(this.made.catalog);
  readonly rows = new RetentionRows(this.made.catalog);
  readonly locks = new LockRows(this.made.catalog);
  readonly volumeRows = new VolumeRows(this.made.catalog);
  readonly disks = new Map<VolumeId, MadeDisk>();
  readonly volumes: Volumes;
  readonly alarms: AlarmBoard;
  /** What was raised, in order. */
  readonly raised: string[] = [];
  readonly #initIds = new Map<StreamId, number>();

  constructor() {
    this.volumes = new Volumes({
      clocks: this.time,
      log: silentLog,
      readRoom: async (folder) => this.#room(folder),
    });
    this.alarms = new AlarmBoard({
      rows: new AlarmRows(this.made.catalog),
      board: {
        publish: (event) => {
          if (event.kind === 'alarms') this.raised.push(...event.alarms.map(({ kind }) => kind));
        },
      },
      clock: this.time.wall,
      log: silentLog,
    });
    this.made.catalog.database.exec('DELETE FROM volumes');
  }

  get camera(): MadeCamera {
    return this.made;
  }

  addCamera(name: string): MadeCamera {
    return addCamera(this.made.catalog, name);
  }

  async addVolume(name: string, totalBytes: number): Promise<VolumeId> {
    const opened = await openVolume(`${this.made.folder}/${name}`);
    if (!opened.ok) throw new Error(opened.detail);
    const { id } = opened.volume;
    this.volumeRows.register({ ...opened.volume, name, nowMs: 1 });
    this.disks.set(id, { totalBytes, otherBytes: 0 });
    this.volumes.know({ ...opened.volume, isRetired: false });
    return id;
  }

  /** A row of footage; there is no file to it. */
  commit(
    camera: MadeCamera,
    volumeId: VolumeId,
    times: { startMs: number; endMs: number },
    sizeBytes: number,
  ): Segment {
    const { streamId } = camera;
    const video = { trackId: 1, codec: 'avc1.64001f', width: 1, height: 1, timescale: 1_000 };
    const initId =
      this.#initIds.get(streamId) ??
      this.ledger.saveInit(streamId, Uint8Array.of(1), { video, audio: undefined });
    this.#initIds.set(streamId, initId);
    const path = segmentPath({ ...camera, role: 'main' }, times.startMs);
    const sha256 = new Uint8Array(32);
    const segment = {
      streamId,
      ...times,
      runStartMs: times.startMs,
      volumeId,
      initId,
      path,
      sizeBytes,
      sha256,
    };
    this.ledger.commitSegment(segment, [wholeSpan(segment)]);
    return segment;
  }

  retention(trust = new ClockTrust(this.time, undefined)): Retention {
    const { rows, locks, volumeRows, volumes, ledger, alarms, time } = this;
    return new Retention({
      ...{ rows, locks, volumeRows, volumes, ledger, alarms, trust },
      clocks: time,
      log: silentLog,
      look: () => volumes.look(),
      onExpired: () => {},
    });
  }

  freeBytes(id: VolumeId): number {
    const disk = this.disks.get(id);
    const own = this.rows.sizes().filter(({ volumeId }) => volumeId === id);
    const footage = own.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    return disk === undefined ? 0 : Math.max(0, disk.totalBytes - disk.otherBytes - footage);
  }

  /** `[stream, start]` of every row, the oldest first. */
  kept(): { streamId: StreamId; startMs: number }[] {
    return this.made.catalog.database
      .prepare<[], { streamId: StreamId; startMs: number }>(
        `SELECT streams.id AS streamId, start_ms AS startMs FROM segments JOIN streams ON number = stream_number
         ORDER BY start_ms, stream_number`,
      )
      .all();
  }

  remove(): void {
    this.made.remove();
  }

  #room(folder: string) {
    const id = this.volumeRows.list().find((row) => row.folder === folder)?.id;
    const disk = id && this.disks.get(id);
    if (id === undefined || disk === undefined) throw new Error(`no disk at ${folder}`);
    return { freeBytes: this.freeBytes(id), totalBytes: disk.totalBytes };
  }
}
