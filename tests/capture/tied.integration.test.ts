// FFmpeg outlives nobody: what happens to it when the program is killed, and to us when it misbehaves.

import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { openCaptureStation, until } from './station.ts';

const plans = {
  plain: { kind: 'h264', width: 320, height: 180, fps: 15, gopFrames: 15, kilobits: 200 },
} as const;

let cameras: Awaited<ReturnType<typeof startGstreamerCameras<typeof plans>>>;
beforeAll(async () => {
  cameras = await startGstreamerCameras(plans);
});
afterAll(() => cameras.stop());

/** A dead process that nobody has buried yet is dead. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

/** Kills the program; its FFmpeg has 2 s to follow. */
async function expectBothGone(program: ChildProcess, ffmpegPid: number): Promise<void> {
  expect(isAlive(ffmpegPid)).toBe(true);
  program.kill('SIGKILL');
  await until('FFmpeg is gone', 2_000, () => !isAlive(ffmpegPid));
}

/** A program of its own that records, and the FFmpeg it started. */
async function startProgram() {
  const program = spawn(process.execPath, [join(import.meta.dirname, 'program.ts'), cameras.urls.plain], {
    shell: false,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: program.stdout }), 'line')) as [string];
  return { program, ...(JSON.parse(line) as { folder: string; pid: number }) };
}

describe('a killed program', () => {
  it('takes its FFmpeg with it', async () => {
    const { program, folder, pid } = await startProgram();
    await expectBothGone(program, pid);
    await rm(folder, { recursive: true });
  });

  it.runIf(process.platform === 'linux')('takes an FFmpeg with it that is stopped', async () => {
    const { program, folder, pid } = await startProgram();
    process.kill(pid, 'SIGSTOP');
    await expectBothGone(program, pid);
    await rm(folder, { recursive: true });
  });

  it.runIf(process.platform === 'linux')('takes its FFmpeg with it though the camera stalls', async () => {
    const { program, folder, pid } = await startProgram();
    await cameras.stall('plain');
    await expectBothGone(program, pid);
    await cameras.resume('plain');
    await rm(folder, { recursive: true });
  });
});

/** A program in FFmpeg's place. */
async function impostor(script: string) {
  const folder = await mkdtemp(join(tmpdir(), 'lookout-impostor-'));
  const path = join(folder, 'ffmpeg');
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

describe.skipIf(process.platform === 'win32')('an FFmpeg that misbehaves', () => {
  it('and always ends at once is tried less and less, with one line in the log', async () => {
    await using ffmpeg = await impostor('exit 0');
    await using station = await openCaptureStation({ ffmpeg: ffmpeg.path });
    station.set({ kind: 'test-pattern' });
    const waits = () => station.states.filter((state) => state.kind === 'waiting');
    await until('five attempts', 20_000, () => waits().length >= 5);
    const delays = waits().map(
      ({ retryAtMs }, index) => retryAtMs - (waits()[index - 1]?.retryAtMs ?? retryAtMs),
    );
    expect(delays[4]).toBeGreaterThan((delays[2] ?? 0) * 2);
    expect(waits().map(({ reason }) => reason)).toEqual(Array(waits().length).fill('recorder-ended'));
    expect(station.lines).toHaveLength(1);
  });

  it('and floods us with words costs neither memory nor time', async () => {
    // 10 MB/s for 5 s.
    const flood = 'for n in $(seq 50); do head -c 1000000 /dev/zero | tr "\\\\0" x >&2; sleep 0.1; done';
    await using ffmpeg = await impostor(flood);
    await using station = await openCaptureStation({ ffmpeg: ffmpeg.path });
    const delays = monitorEventLoopDelay({ resolution: 10 });
    delays.enable();
    station.set({ kind: 'test-pattern' });
    let mostBytes = 0;
    const beganBytes = process.memoryUsage().rss;
    await until('over', 20_000, () => {
      mostBytes = Math.max(mostBytes, process.memoryUsage().rss - beganBytes);
      return station.state().kind === 'waiting';
    });
    delays.disable();
    expect(mostBytes).toBeLessThan(20_000_000);
    expect(delays.percentile(99) / 1e6).toBeLessThan(100);
    expect(JSON.stringify(station.states).length).toBeLessThan(2_000);
  });
});
