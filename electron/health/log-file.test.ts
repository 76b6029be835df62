// The log file: lines arrive, credentials do not.

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MadeClock } from '../../recorder/capture/made-clock.ts';
import { systemClocks } from '../../recorder/model/clock.ts';
import { openLog, withoutUserInfo } from './log-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lookout-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('writes one JSON line per message, without user and password of any address', async () => {
  const { log, close } = openLog(folder, systemClocks);
  log.info({ camera: 'Gate' }, 'connected to rtsp://admin:S3cr3t!Cam@cam/1');
  log.error({ err: new Error('could not open rtsp://ad"min:S3c\\r3t@cam/2') }, 'failed');
  await close();
  const file = path.join(folder, 'logs', 'lookout.log');
  const text = readFileSync(file, 'utf8');
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines[0]).toMatchObject({ level: 'info', camera: 'Gate', msg: 'connected to rtsp://cam/1' });
  expect(lines[1].err.message).toBe('could not open rtsp://cam/2');
  expect(text).not.toMatch(/S3c/);
});

it.skipIf(process.platform === 'win32')('is for this user alone', async () => {
  const { log, close } = openLog(folder, systemClocks);
  log.info({}, 'begun');
  await close();
  expect(statSync(path.join(folder, 'logs', 'lookout.log')).mode & 0o777).toBe(0o600);
});

it('goes on some time after a write failed, and says why lines are missing', async () => {
  const clock = new MadeClock();
  const failed = Promise.withResolvers<void>();
  const now = () => {
    failed.resolve();
    return clock.monotonic.now();
  };
  const file = path.join(folder, 'logs', 'lookout.log');
  // A folder in the file's place: as little as on a full disk, nothing can be written.
  mkdirSync(file, { recursive: true });
  const { log, close } = openLog(folder, { monotonic: { ...clock.monotonic, now } });
  log.info({}, 'lost');
  await failed.promise;
  rmdirSync(file);
  clock.sleep(9_999);
  log.info({}, 'lost as well');
  clock.sleep(1);
  log.info({}, 'ended');
  await close();
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { msg: 'lines before this one are lost', err: { message: expect.stringContaining('not a file') } },
    { msg: 'ended' },
  ]);
});

it('keeps five older files, whatever it remembers of them', async () => {
  const logs = path.join(folder, 'logs');
  const file = path.join(logs, 'lookout.log');
  mkdirSync(logs);
  for (const name of ['', '.1', '.2', '.3', '.4', '.5']) writeFileSync(`${file}${name}`, name);
  truncateSync(file, 10 * 1024 * 1024);
  const { log, close } = openLog(folder, systemClocks);
  log.info({}, 'begun');
  await close();
  expect(readdirSync(logs).toSorted()).toEqual(
    ['', '.1', '.2', '.3', '.4', '.5'].map((name) => `lookout.log${name}`),
  );
  expect(readFileSync(`${file}.5`, 'utf8')).toBe('.4');
  expect(readFileSync(file, 'utf8')).toContain('begun');
});

it('leaves addresses without user info alone', () => {
  expect(withoutUserInfo('see http://cam/a@b and x@y')).toBe('see http://cam/a@b and x@y');
  expect(withoutUserInfo('rtsp://a:b@c@host/p')).toBe('rtsp://host/p');
});
