// An FFmpeg that comes later than the station is found by it, without a restart.

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MadeClock } from '../../recorder/capture/made-clock.ts';
import { FfmpegFinder } from './ffmpeg-finder.ts';

let folder: string;
let clocks: MadeClock;
let told: string[];
let finder: FfmpegFinder;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lookout-ffmpeg-'));
  clocks = new MadeClock();
  told = [];
  const say = (_fields: unknown, message: string) => told.push(message);
  finder = new FfmpegFinder({
    places: { setting: path.join(folder, 'ffmpeg'), bundled: undefined },
    clocks,
    log: { info: say, warn: say, error: say },
    onFound: ({ version }) => told.push(`onFound ${version}`),
  });
});
afterEach(() => {
  finder.stop();
  rmSync(folder, { recursive: true, force: true });
});

const refusal = () =>
  finder.required().then(
    () => undefined,
    (error: unknown) => error,
  );

function install(): void {
  writeFileSync(path.join(folder, 'ffmpeg'), '#!/bin/sh\necho "ffmpeg version 7.1 Copyright"\n');
  chmodSync(path.join(folder, 'ffmpeg'), 0o755);
}

it('looks again every half minute as long as there is none, and tells of each change once', async () => {
  expect(await refusal()).toMatchObject({
    code: 'RECORDER_MISSING',
    message: 'The FFmpeg named in the settings is not there.',
    detail: { hint: 'Put FFmpeg 5.1 or later in its place. Lookout tries again by itself.' },
  });
  await clocks.pass(30_000);
  await refusal();
  expect(told).toEqual(['no FFmpeg']);

  install();
  expect(finder.path()).toBeUndefined();
  await clocks.pass(30_000);
  await expect.poll(() => finder.path()).toBe(path.join(folder, 'ffmpeg'));
  expect(told).toEqual(['no FFmpeg', 'FFmpeg found', 'onFound 7.1']);
  expect(clocks.timerCount).toBe(0);
});

it('looks at once when it is needed', async () => {
  await refusal();
  install();
  expect(await finder.required()).toBe(path.join(folder, 'ffmpeg'));
  expect(finder.found()).toMatchObject({ ok: true, version: '7.1' });
  expect(clocks.timerCount).toBe(0);
});

it('holds up the start for a second at most', async () => {
  const program = path.join(folder, 'slow');
  const go = path.join(folder, 'go');
  const script = `#!/bin/sh\nwhile [ ! -e ${go} ]; do sleep 0.05; done\necho "ffmpeg version 7.1 Copyright"\n`;
  writeFileSync(program, script, { mode: 0o755 });
  const ignore = () => {};
  const slow = new FfmpegFinder({
    places: { setting: program, bundled: undefined },
    ...{ clocks, log: { info: ignore, warn: ignore, error: ignore }, onFound: ignore },
  });
  const soon = slow.soon();
  await clocks.pass(1_000);
  await soon;
  expect(slow.found()).toBeUndefined();
  writeFileSync(go, '');
  expect(await slow.required()).toBe(program);
});
