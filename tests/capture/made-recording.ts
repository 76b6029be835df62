// A stream's recording on a made-up clock with made-up fragments, on a real catalog and real files.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLedger } from '../../electron/catalog/ledger.ts';
import { madeCatalog } from '../../electron/catalog/made-catalog.ts';
import { VolumeRows } from '../../electron/catalog/volumes.ts';
import { LocalHours } from '../../recorder/capture/local-hours.ts';
import { MadeClock } from '../../recorder/capture/made-clock.ts';
import { Recording } from '../../recorder/capture/recording.ts';
import { FragmentCutter } from '../../recorder/media/fragment-cutter.ts';
import { readInitSection } from '../../recorder/media/init-section.ts';
import { madeFragment, madeInit } from '../../recorder/media/made-footage.ts';
import type { RecordingMode } from '../../recorder/model/modes.ts';
import type { GapReason } from '../../recorder/model/states.ts';
import { UnreadFiles } from '../../recorder/segments/unread-files.ts';
import { openVolume } from '../../recorder/segments/volume.ts';
import { FilesUnderWay, type VolumeChoice } from '../../recorder/segments/volumes.ts';

/** Media of the newest fragment reaches us this much after its end. */
const delayMs = 150;
const diskLimitMs = 5_000;

export interface MadeRecordingOptions {
  readonly zone: string;
  readonly startMs: number;
  readonly mode: RecordingMode;
  /** Length of a GOP; each is two fragments. */
  readonly gopMs: number;
  readonly segmentMs?: number;
}

const initBytes = madeInit({ timescale: 1_000 });
const init = { bytes: initBytes, layout: readInitSection(initBytes).layout };

export interface Row {
  readonly startMs: number;
  readonly endMs: number;
  /** Undefined for footage. */
  readonly reason: GapReason | undefined;
}

export async function makeRecording(options: MadeRecordingOptions) {
  const made = madeCatalog();
  const folder = await mkdtemp(join(tmpdir(), 'lookout-recording-'));
  const opened = await openVolume(folder);
  if (!opened.ok) throw new Error(opened.detail);
  const { volume } = opened;
  new VolumeRows(made.catalog).register({ ...volume, nowMs: 1 });
  const clock = new MadeClock();
  clock.wallOffsetMs = options.startMs;
  let refusal: Extract<VolumeChoice, { ok: false }> | undefined;
  const problems: unknown[] = [];
  const note = (fields: object) => problems.push(fields);
  const dependencies = {
    clocks: clock,
    ledger: createLedger(made.catalog),
    log: { info: () => undefined, warn: () => undefined, error: note },
    volumes: {
      choose: async (): Promise<VolumeChoice> => refusal ?? { ok: true, volume },
      refused: () => undefined,
      underWay: new FilesUnderWay(),
      unread: new UnreadFiles(),
    },
    hours: new LocalHours(options.zone),
    segmentMs: options.segmentMs ?? 600_000,
    syncIntervalMs: 60_000,
  };
  let storedMs = 0;
  const listener = {
    onFootage: (newestMs: number) => {
      storedMs = newestMs;
    },
    onSegment: () => undefined,
    onGap: () => undefined,
    onKeeping: () => undefined,
  };
  const place = { streamId: made.streamId, cameraId: made.cameraId, role: 'main' } as const;
  const start = (mode: RecordingMode, aliveUntilMs?: number) =>
    new Recording(place, mode, { ...dependencies, aliveUntilMs }, listener);

  let recording = start(options.mode);
  /** Since when pictures are kept. */
  let beganMs = 0;
  /** Wall time of media time 0 of the session that shows pictures; undefined while the camera is away. */
  let originMs: number | undefined;
  let mediaMs = 0;
  let cutter = new FragmentCutter();

  const nextFragment = () => {
    const durationTicks = options.gopMs / 2;
    const keyframe = mediaMs % options.gopMs === 0;
    const items = cutter.push(
      madeFragment({ startTicks: mediaMs, durationTicks, frames: 5, keyframe, sizeBytes: 400 }),
    );
    mediaMs += durationTicks;
    return items.flatMap((item) => (item.kind === 'fragment' ? [item.fragment] : []));
  };

  /** The disk is real and takes its time: the made-up clock must not run away from it. */
  const stored = async (startMs: number) => {
    const wantedMs = startMs - 2 * options.gopMs;
    const began = performance.now();
    while (recording.keeps && storedMs < wantedMs && (recording.openSegment()?.startMs ?? 0) < wantedMs) {
      if (performance.now() - began > diskLimitMs) throw new Error(`not stored within ${diskLimitMs} ms`);
      await new Promise(setImmediate);
    }
  };

  const world = {
    clock,
    problems,
    get recording() {
      return recording;
    },
    nowMs: () => clock.wall.nowMs(),
    /** The camera begins to show pictures. */
    appear() {
      cutter = new FragmentCutter();
      cutter.push(initBytes);
      mediaMs = 0;
      originMs = Math.max(clock.wall.nowMs(), recording.notBeforeMs());
      recording.begin(init);
    },
    vanish(reason: GapReason) {
      originMs = undefined;
      recording.end(reason);
    },
    setDisk(full: boolean) {
      refusal = full ? { ok: false, reason: 'disk-full', detail: 'made up' } : undefined;
    },
    /** Lets time pass up to a moment, fragment by fragment. */
    async until(untilMs: number) {
      while (clock.wall.nowMs() < untilMs) {
        const nowMs = clock.wall.nowMs();
        const arrivesMs = originMs === undefined ? untilMs : originMs + mediaMs + options.gopMs / 2 + delayMs;
        await clock.pass(Math.max(0, Math.min(untilMs, arrivesMs) - nowMs));
        if (originMs === undefined || clock.wall.nowMs() < arrivesMs) continue;
        const startMs = originMs + mediaMs;
        if (!recording.keeps) beganMs = startMs;
        for (const fragment of nextFragment()) recording.keep(fragment, startMs);
        if (startMs - beganMs > 3 * options.gopMs) await stored(startMs);
      }
    },
    /** Something moves in the newest keyframe, which is known a moment later. */
    motion() {
      const keyframeMs = Math.floor((mediaMs - 1) / options.gopMs) * options.gopMs;
      recording.motionSeen((originMs ?? 0) + keyframeMs);
    },
    async stop() {
      originMs = undefined;
      await recording.close('program-stopped');
    },
    /** A new program on the same footage, after the one before was stopped or killed. */
    startAgain(mode: RecordingMode, aliveUntilMs?: number) {
      originMs = undefined;
      recording = start(mode, aliveUntilMs);
    },
    /** Everything the catalog holds, by start. */
    rows(): Row[] {
      return made.catalog.database
        .prepare<[], { startMs: number; endMs: number; reason: GapReason | null }>(
          `SELECT start_ms AS startMs, end_ms AS endMs, NULL AS reason FROM segments
           UNION ALL SELECT start_ms, coalesce(end_ms, 9e15), reason FROM gaps ORDER BY 1`,
        )
        .all()
        .map(({ startMs, endMs, reason }) => ({ startMs, endMs, reason: reason ?? undefined }));
    },
    /** Footage that follows itself as one row, so that a story is short. */
    story(): Row[] {
      const told: Row[] = [];
      for (const row of world.rows()) {
        const last = told.at(-1);
        if (last !== undefined && last.endMs === row.startMs && last.reason === row.reason) {
          told[told.length - 1] = { ...last, endMs: row.endMs };
        } else told.push(row);
      }
      return told;
    },
    async [Symbol.asyncDispose]() {
      await recording.close('program-stopped');
      made.remove();
      await rm(folder, { recursive: true });
    },
  };
  return world;
}

export type MadeRecording = Awaited<ReturnType<typeof makeRecording>>;
