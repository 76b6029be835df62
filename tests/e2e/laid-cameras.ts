// Cameras whose footage lies on disk already: encoded once and laid under as many of them as a spec plays, none recording.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createLedger } from '../../electron/catalog/ledger.ts';
import { MadeStationStore } from '../../electron/footage/made-station-store.ts';
import { type CutItem, FragmentCutter } from '../../recorder/media/fragment-cutter.ts';
import { StreamWriter } from '../../recorder/segments/stream-writer.ts';

const run = promisify(execFile);
const encodeLimitMs = 60_000;
const footageLimitBytes = 64 * 1024 * 1024;
const segmentMs = 10_000;
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

export interface LaidCameras extends Disposable {
  readonly dataFolder: string;
  /** In the order of their numbers. */
  readonly cameraIds: readonly string[];
}

/** Of each: from when to when, and how many pictures a second. */
export interface LaidPlan {
  readonly count: number;
  readonly startMs: number;
  readonly seconds: number;
  readonly fps: number;
}

/** 320×180 H.264 with something that moves in it, a keyframe every second. */
async function encode({ seconds, fps }: LaidPlan): Promise<CutItem[]> {
  const { stdout } = await run(
    'ffmpeg',
    [
      ...['-v', 'error', '-nostdin', '-f', 'lavfi', '-i', `testsrc2=s=320x180:r=${fps}:d=${seconds}`],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p'],
      ...['-g', String(fps), '-keyint_min', String(fps), '-sc_threshold', '0'],
      ...['-movflags', '+frag_keyframe+empty_moov+default_base_moof', '-frag_duration', '500000'],
      ...['-write_prft', 'wallclock', '-f', 'mp4', 'pipe:1'],
    ],
    { encoding: 'buffer', timeout: encodeLimitMs, maxBuffer: footageLimitBytes },
  );
  return new FragmentCutter().push(stdout);
}

/** The cameras' pictures are taken one after the other, spread evenly over the length of one, as those of no two cameras coincide. */
export async function layCameras(plan: LaidPlan): Promise<LaidCameras> {
  const made = new MadeStationStore();
  try {
    const [init, ...items] = await encode(plan);
    if (init?.kind !== 'init') throw new Error('FFmpeg sent no init section first');
    const store = await made.open();
    const ledger = createLedger(store.kept.catalog);
    const cameraIds: string[] = [];
    for (let index = 0; index < plan.count; index += 1) {
      const place = made.addCamera(store, `Camera ${String(index + 1).padStart(2, '0')}`);
      cameraIds.push(place.cameraId);
      const listener = { onBegin: () => {}, onFootage: () => {}, onSegment: () => {}, onLost: () => {} };
      const { volumes } = store.upkeep.volumes;
      const writer = new StreamWriter(
        place,
        { volumes, ledger, clocks: made.clocks, log: quiet, listener },
        { segmentMs },
      );
      writer.beginRun(init);
      const startMs = plan.startMs + Math.round((index * 1_000) / plan.fps / plan.count);
      for (const item of items) {
        if (item.kind !== 'fragment') continue;
        const { fragment } = item;
        const atMs = startMs + (fragment.startTicks * 1_000) / init.layout.video.timescale;
        writer.append({ ...fragment, bytes: fragment.bytes.slice() }, atMs);
      }
      await writer.close();
    }
    store.kept.catalog.database.prepare('UPDATE cameras SET recording = 0').run();
    await store.close();
    return { dataFolder: made.dataFolder, cameraIds, [Symbol.dispose]: () => made.remove() };
  } catch (error) {
    made.remove();
    throw error;
  }
}
