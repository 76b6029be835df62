// Settings and volumes: small rows that are written again and again.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { type MadeCatalog, madeCatalog } from './made-catalog.ts';
import { SettingRows } from './settings.ts';
import { VolumeRows } from './volumes.ts';

let made: MadeCatalog;
beforeEach(() => {
  made = madeCatalog();
});
afterEach(() => made.remove());

it('keeps the last value of a setting', () => {
  const settings = new SettingRows(made.catalog);
  expect(settings.get('ffmpeg')).toBeUndefined();
  settings.set('ffmpeg', '/usr/bin/ffmpeg');
  settings.set('ffmpeg', '/opt/ffmpeg');
  expect(settings.get('ffmpeg')).toBe('/opt/ffmpeg');
});

it('finds a volume again in another folder', () => {
  const volumes = new VolumeRows(made.catalog);
  volumes.register({ id: made.volumeId, folder: '/mnt/disk', nowMs: 2 });
  expect(volumes.list()).toMatchObject([{ id: made.volumeId, folder: '/mnt/disk' }]);
});
