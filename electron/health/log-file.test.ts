// The log file: lines arrive, credentials do not.

import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLog, withoutUserInfo } from './log-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lookout-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('writes one JSON line per message, without user and password of any address', async () => {
  const { log, close } = openLog(folder);
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
  const { log, close } = openLog(folder);
  log.info({}, 'begun');
  await close();
  expect(statSync(path.join(folder, 'logs', 'lookout.log')).mode & 0o777).toBe(0o600);
});

it('leaves addresses without user info alone', () => {
  expect(withoutUserInfo('see http://cam/a@b and x@y')).toBe('see http://cam/a@b and x@y');
  expect(withoutUserInfo('rtsp://a:b@c@host/p')).toBe('rtsp://host/p');
});
