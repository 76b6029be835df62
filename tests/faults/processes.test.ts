// Processes that misbehave: FFmpeg stopped, ending for ever, not there, flooding us; a second program; a window that hangs.

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Camera } from '../../electron/contract/shapes.ts';
import { isRunning } from '../driver/processes.ts';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { expectAtMost, isLong, report } from './figures.ts';
import { makeImpostor } from './impostor.ts';
import { Site, until } from './site.ts';

const run = promisify(execFile);
const small = { kind: 'h264', width: 320, height: 180, fps: 15, gopFrames: 15, kilobits: 200 } as const;
/** Each test watches cameras of its own: a camera with several viewers is another fault. */
const plans = { stopped: small, other: small, hung: small, ends: small, missing: small } as const;

let cameras: Awaited<ReturnType<typeof startGstreamerCameras<typeof plans>>>;
beforeAll(async () => {
  cameras = await startGstreamerCameras(plans);
});
afterAll(() => cameras.stop());

/** Resident memory of a process in bytes (proc(5)). */
function memoryOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}

/** For so long the station is asked before its memory counts: what it takes for answering is then taken. */
const calmMs = 8_000;
/** As often as this the work itself asks: more would be what is measured. */
const askedEveryMs = 250;

/**
 * Asks the station something cheap, again and again while `work` goes on; how long its answers took, and by how much its memory grew
 * beyond what it was while it was asked in the same way before.
 */
async function underWatch(
  site: Site,
  work: () => Promise<void>,
): Promise<{ lagP99Ms: number; grownBytes: number }> {
  const answers: number[] = [];
  let isOver = false;
  let most = 0;
  const watching = (async () => {
    while (!isOver) {
      const asked = performance.now();
      await site.client.session.me();
      answers.push(performance.now() - asked);
      most = Math.max(most, memoryOf(site.station.pid));
      await pause(10);
    }
  })();
  await pause(calmMs);
  const before = most;
  answers.length = 0;
  await work();
  isOver = true;
  await watching;
  const sorted = answers.toSorted((one, other) => one - other);
  return { lagP99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN, grownBytes: most - before };
}

/** Footage of these goes on without a gap, by the same FFmpegs. */
async function untouched(site: Site, others: readonly Camera[]) {
  const pids = others.map((camera) => site.ffmpegPid(camera));
  const gaps = await Promise.all(others.map(async (camera) => (await site.timeline(camera)).gaps.length));
  return async () => {
    await site.recording(others, 5_000, Date.now() - 2_000);
    expect(others.map((camera) => site.ffmpegPid(camera))).toEqual(pids);
    expect(
      await Promise.all(others.map(async (camera) => (await site.timeline(camera)).gaps.length)),
    ).toEqual(gaps);
  };
}

it.concurrent('an FFmpeg that is stopped is seen within 10 s, the others go on', async () => {
  await using site = await Site.open();
  const { stopped: url, other } = cameras.urls;
  const [gate, yard] = (await site.addRecording({ gate: url, yard: other })) as [Camera, Camera];
  const expectUntouched = await untouched(site, [yard]);
  const pid = site.ffmpegPid(gate);
  process.kill(pid, 'SIGSTOP');
  const stopped = performance.now();

  // Meanwhile somebody starts the program a second time …
  const args = [path.join(import.meta.dirname, '../../electron/headless.ts'), '--data', site.data];
  const second = run(process.execPath, args, { timeout: 20_000 }).catch((error: unknown) => error);
  expect(await second).toMatchObject({ code: 3, stderr: expect.stringContaining('Another Lookout') });
  report('second program on the same data', 'exit code', 3, '3');

  const state = await until('seen', 15_000, async () => {
    const now = await site.stateOf(gate);
    return now.kind === 'waiting' && now;
  });
  expectAtMost('FFmpeg stopped (SIGSTOP)', 'seen after', performance.now() - stopped, 10_000, 'ms');
  expect(state).toMatchObject({ reason: 'stalled' });
  await site.recording([gate], 10_000, Date.now());
  expect(isRunning(pid)).toBe(false);
  expect((await site.timeline(gate)).gaps.at(-1)).toMatchObject({ reason: 'stalled' });
  await expectUntouched();
  expect(await site.stop()).toBe(0);
  expect(site.broken()).toEqual([]);
});

it.concurrent('a window that hangs costs neither recording nor memory', async () => {
  await using site = await Site.open();
  const recorded = await site.addRecording({ hung: cameras.urls.hung });
  const expectUntouched = await untouched(site, recorded);
  const windowId = crypto.randomUUID();
  const opened = await fetch(await site.station.freshLink(), { redirect: 'manual' });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0];
  const { port, host } = new URL(site.station.origin);
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  // A window that asks for pictures and never reads one.
  socket.write(`GET /live/${windowId} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`);
  await once(socket, 'readable');
  const tiles = Array.from({ length: 32 }, (_, channel) => ({
    channel,
    streamId: (recorded[channel % recorded.length] as Camera).streamId,
  }));
  await site.client.live.watch({ windowId, tiles });
  const { lagP99Ms, grownBytes } = await underWatch(site, () => pause(isLong ? 60_000 : 5_000));
  socket.destroy();
  expectAtMost('window that hangs', 'memory grown', grownBytes / 1e6, 20, 'MB');
  expectAtMost('window that hangs', 'answers, p99', lagP99Ms, 250, 'ms');
  await expectUntouched();
});

it('an FFmpeg that ends at once for ever is tried less and less, with a line a half minute, whatever its exit code', async () => {
  await using site = new Site();
  const impostor = makeImpostor(site.folder);
  const tries = path.join(site.folder, 'tries');
  writeFileSync(tries, '');
  // Every other time it says that all is well.
  impostor.become(`echo >> ${tries}; exit $(($(wc -l < ${tries}) % 2))`);
  site.setSettings({ ffmpegPath: impostor.path });
  await site.start();
  const [gate] = (await site.addRecording({ gate: cameras.urls.ends })) as [Camera];
  const expectUntouched = await untouched(site, [gate]);
  const broken = await site.client.cameras.addTestPattern({ name: 'Broken' });
  const began = performance.now();
  const [waits, reasons, starts] = [new Set<number>(), new Set<string>(), [] as number[]];
  const rounds = isLong ? 10 : 5;
  await until('enough attempts', isLong ? 400_000 : 30_000, async () => {
    const state = await site.stateOf(broken);
    if (state.kind === 'waiting' && !waits.has(state.retryAtMs)) {
      waits.add(state.retryAtMs);
      reasons.add(state.reason);
      starts.push(state.retryAtMs - Date.now());
    }
    return waits.size >= rounds;
  });
  const seconds = (performance.now() - began) / 1_000;
  expect([...reasons]).toEqual(['recorder-ended']);
  // Two waits on it is at least half as long again, whatever the jitter, until it is the longest.
  const lengthened = starts
    .slice(2)
    .map((waitMs, index) => waitMs > Math.min(48_000, (starts[index] ?? 0) * 1.5) - 100);
  expect(lengthened).toEqual(lengthened.map(() => true));
  const lines = site
    .log()
    .split('\n')
    .filter((line) => line.includes(broken.streamId));
  const fault = 'FFmpeg ends at once for ever';
  report(
    fault,
    'waits',
    starts.map((ms) => `${(ms / 1_000).toFixed(1)} s`).join(', '),
    'doubling, to 60 s ± 20 %',
  );
  expectAtMost(fault, 'longest wait', Math.max(...starts) / 1_000, 72, 's');
  expectAtMost(
    fault,
    `log lines in ${Math.round(seconds)} s`,
    lines.length,
    1 + Math.floor(seconds / 30),
    '',
  );
  await expectUntouched();

  // 10 MB/s of words for 4 s (long: 30 s), then its end.
  const seconds10 = isLong ? 300 : 40;
  impostor.become(
    `for n in $(seq ${seconds10}); do head -c 1000000 /dev/zero | tr '\\0' x >&2; sleep 0.1; done; exit 1`,
  );
  await site.client.cameras.setRecording({ cameraId: broken.id, recording: false });
  const { lagP99Ms, grownBytes } = await underWatch(site, async () => {
    const flooded = performance.now();
    const flooding = await site.client.cameras.addTestPattern({ name: 'Flooding' });
    await until(
      'over',
      60_000 + seconds10 * 200,
      async () => (await site.stateOf(flooding)).kind === 'waiting',
      askedEveryMs,
    );
    expect(performance.now() - flooded).toBeGreaterThan(seconds10 * 100);
  });
  expectAtMost('10 MB/s of stderr', 'memory grown', grownBytes / 1e6, 20, 'MB');
  expectAtMost('10 MB/s of stderr', 'answers, p99', lagP99Ms, 100, 'ms');
  expect(JSON.stringify(await site.client.cameras.list()).length).toBeLessThan(5_000);
  await expectUntouched();
  expect(await site.stop()).toBe(0);
  expect(site.broken()).toEqual([]);
  expect(site.recorders()).toEqual([]);
});

it.concurrent('an FFmpeg that is missing, not executable or too old is said, and everything else works', async () => {
  await using site = new Site();
  const file = path.join(site.folder, 'not-ffmpeg');
  const old = path.join(site.folder, 'old-ffmpeg');
  writeFileSync(file, '#!/bin/sh\n', { mode: 0o644 });
  writeFileSync(old, '#!/bin/sh\necho "ffmpeg version 4.4.2-0ubuntu0 Copyright"\n', { mode: 0o755 });
  let camera: Camera | undefined;
  for (const [ffmpegPath, words] of [
    ['/nowhere/ffmpeg', 'is not there'],
    [file, 'may not be started'],
    [old, 'is too old (4.4.2-0ubuntu0)'],
  ] as const) {
    site.setSettings({ ffmpegPath });
    await site.start();
    camera ??= await site.client.cameras.add({ name: 'Gate', url: cameras.urls.missing });
    const of = camera;
    await until('said of the camera', 5_000, async () => {
      const state = await site.stateOf(of);
      return state.kind === 'waiting' && state.reason === 'no-recorder';
    });
    const { problems, ffmpeg } = await site.info();
    expect(ffmpeg).toBeUndefined();
    expect(problems).toEqual([expect.objectContaining({ message: expect.stringContaining(words) })]);
    await expect(site.client.cameras.test({ url: cameras.urls.missing })).rejects.toMatchObject({
      code: 'RECORDER_MISSING',
    });
    expect((await site.timeline(camera)).gaps.at(-1)).toMatchObject({ reason: 'no-recorder' });
    report('FFmpeg cannot be used', 'health says', words, 'said');
    expect(await site.stop()).toBe(0);
  }
  site.setSettings({ ffmpegPath: 'ffmpeg' });
  await site.start();
  await site.recording([camera as Camera]);
  expect(await site.stop()).toBe(0);
  expect(site.broken()).toEqual([]);
});
