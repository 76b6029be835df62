// Faults of FFmpeg and of cameras: seen in time, said truly, over by themselves.

import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endOrphans } from '../../recorder/capture/orphans.ts';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { openCaptureStation, rtspSource, until } from './station.ts';

const password = "S3cr3t!Cam@:/#?%'\\ \u00e9";
const small = { width: 320, height: 180, fps: 15, gopFrames: 15, kilobits: 200 } as const;
const plans = {
  plain: { kind: 'h264', ...small },
  guarded: { kind: 'h264', ...small, digest: { user: 'admin', password } },
} as const;

let cameras: Awaited<ReturnType<typeof startGstreamerCameras<typeof plans>>>;
beforeAll(async () => {
  cameras = await startGstreamerCameras(plans);
});
afterAll(() => cameras.stop());

async function recordingStation() {
  const station = await openCaptureStation();
  station.set(rtspSource(cameras.urls.plain));
  await station.running();
  await until('stored', 5_000, () => station.newestMs() > 0);
  return station;
}

describe('faults', () => {
  it('records again within 2 s after FFmpeg was killed, with a gap that says why', async () => {
    await using station = await recordingStation();
    for (let round = 1; round <= 3; round++) {
      const killedAtMs = Date.now();
      const pid = station.ffmpegPid() ?? 0;
      process.kill(pid, 'SIGKILL');
      const gap = await until('the gap is closed', 2_000, () => {
        const last = station.ledger.gaps.at(-1);
        return last?.reason === 'recorder-ended' &&
          last.endMs !== undefined &&
          last.startMs > killedAtMs - 1_000
          ? last
          : false;
      });
      expect((gap.endMs ?? 0) - gap.startMs).toBeLessThan(2_500);
      expect(station.ffmpegPid()).not.toBe(pid);
      await until('proven', 5_000, () => station.newestMs() > (gap.endMs ?? 0) + 1_000);
    }
    await station.recorders.stopAll();
    // Runs, not segments: a segment also ends on the minute.
    const runs = new Set(station.ledger.segments.map(({ segment }) => segment.runStartMs));
    expect(runs.size).toBe(4);
    expect(station.ledger.gaps.map(({ reason }) => reason)).toEqual([
      'starting',
      'recorder-ended',
      'recorder-ended',
      'recorder-ended',
      'program-stopped',
    ]);
  });

  it('sees a stopped FFmpeg within 10 s', async () => {
    await using station = await recordingStation();
    const pid = station.ffmpegPid() ?? 0;
    process.kill(pid, 'SIGSTOP');
    await until('stall seen', 10_000, () => station.state().kind === 'waiting');
    expect(station.state()).toMatchObject({ reason: 'stalled' });
    await station.running(5_000);
    await until('the gap is closed', 5_000, () => station.ledger.gaps.at(-1)?.endMs !== undefined);
    expect(station.ledger.gaps.at(-1)).toMatchObject({ reason: 'stalled' });
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('sees a stalled camera within 10 s, and its return', async () => {
    await using station = await recordingStation();
    await cameras.stall('plain');
    await until('stall seen', 10_000, () => station.state().kind === 'waiting');
    expect(station.state()).toMatchObject({ reason: 'stalled' });
    await cameras.resume('plain');
    await station.running(30_000);
  });

  it('finds a camera that went away and came back, and keeps the reason of its absence', async () => {
    await using station = await recordingStation();
    await cameras.drop('plain');
    await until('away', 10_000, () => {
      const state = station.state();
      return state.kind === 'waiting' && state.reason === 'not-found';
    });
    const since = station.states.filter(({ kind }) => kind === 'waiting');
    const times = new Set(since.map((state) => (state.kind === 'waiting' ? state.sinceMs : 0)));
    expect(times).toEqual(new Set([station.learned().lostMs]));
    await cameras.bringBack('plain');
    await station.running(30_000);
    expect(station.learned().lostMs).toBeUndefined();
    expect(station.ffmpegPid()).toBeGreaterThan(1);
    await until('the gap is closed', 5_000, () => station.ledger.gaps.at(-1)?.endMs !== undefined);
    expect(station.ledger.gaps.map(({ reason }) => reason)).toEqual(['starting', 'not-found']);
    // One line when it went, one when it came at most.
    expect(station.lines.length).toBeLessThanOrEqual(2);
  });

  it('says since when a camera is away, also when the program was started later', async () => {
    await using station = await openCaptureStation();
    const lostMs = Date.now() - 3_600_000;
    station.note({ lostMs });
    station.set(rtspSource(`${cameras.urls.plain}-of-before`));
    await until('away', 10_000, () => station.state().kind === 'waiting');
    expect(station.state()).toMatchObject({ sinceMs: lostMs });
    station.set(rtspSource(cameras.urls.plain));
    await station.running(30_000);
    expect(station.learned().lostMs).toBeUndefined();
  });

  it('ends the recorder that a killed program left behind, and nothing else', async () => {
    await using station = await recordingStation();
    const pid = station.ffmpegPid() ?? 0;
    expect(
      await endOrphans(station.recordersFolder, { info: () => {}, warn: () => {}, error: () => {} }),
    ).toBe(1);
    await until('gone', 1_000, () => !isAlive(pid));
    await station.running(5_000);
    // A process that has the number but is another one is left alone.
    const stranger = { pid: process.pid, started: '1', args: ['-hide_banner'] };
    station.note({ process: stranger });
    expect(
      await endOrphans(station.recordersFolder, { info: () => {}, warn: () => {}, error: () => {} }),
    ).toBe(0);
  });

  it.runIf(process.platform === 'linux')('shows the password to nobody', async () => {
    await using station = await openCaptureStation();
    station.set(rtspSource(cameras.urls.guarded));
    await station.running();
    const secrets = [password, 'S3cr3t', encodeURIComponent(password)];
    const pid = station.ffmpegPid();
    const visible = [
      readFileSync(`/proc/${pid}/cmdline`, 'utf8'),
      readFileSync(`/proc/${pid}/environ`, 'utf8'),
      ...readdirSync(station.recordersFolder).map((name) =>
        readFileSync(`${station.recordersFolder}/${name}`, 'utf8'),
      ),
      JSON.stringify([station.states, station.lines, station.ledger.gaps]),
    ];
    expect(visible[0]).toContain('pipe:0');
    for (const text of visible) for (const secret of secrets) expect(text).not.toContain(secret);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
