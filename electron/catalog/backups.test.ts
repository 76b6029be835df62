// When copies of the running catalog are taken, on a made-up clock: what a lost catalog may cost of what people wrote.

import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MadeClock } from '../../recorder/capture/made-clock.ts';
import { listBackups } from './backup.ts';
import { backupIntervalMs, CatalogBackups, soonMs } from './backups.ts';
import { type MadeCatalog, madeCatalog } from './made-catalog.ts';
import { SettingRows } from './settings.ts';

let made: MadeCatalog;
let clock: MadeClock;
let backups: CatalogBackups;
const [onDone, onFailed, onDamage] = [vi.fn<() => void>(), vi.fn<() => void>(), vi.fn<() => void>()];
beforeEach(() => {
  for (const heard of [onDone, onFailed, onDamage]) heard.mockReset();
  made = madeCatalog();
  made.catalog.onDamage(onDamage);
  clock = new MadeClock();
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  backups = new CatalogBackups({
    ...{ file: made.file, catalog: made.catalog, clocks: clock, log, onDone, onFailed },
  });
  backups.start();
});
afterEach(async () => {
  await backups.stop();
  made.remove();
});

const change = (value: string) => new SettingRows(made.catalog).set('segmentSeconds', value);
const taken = () => listBackups(made.file).length;

it('the first comes a minute after the start, then one every quarter of an hour in which something changed', async () => {
  change('10');
  await clock.pass(soonMs - 1);
  expect(taken()).toBe(0);
  await clock.pass(1);
  await expect.poll(() => onDone.mock.calls.length).toBe(1);
  for (const [round, value] of ['20', '30'].entries()) {
    change(value);
    await clock.pass(backupIntervalMs);
    await expect.poll(() => onDone.mock.calls.length).toBe(round + 2);
  }
  expect(taken()).toBe(3);
  await clock.pass(backupIntervalMs);
  await clock.pass(backupIntervalMs);
  expect(taken()).toBe(3);
});

it('one that failed is taken again a minute later', async () => {
  const folder = path.dirname(made.file);
  writeFileSync(path.join(folder, 'backups'), 'in the way of the folder');
  change('10');
  await clock.pass(soonMs);
  await expect.poll(() => onFailed.mock.calls.length).toBe(1);
  await new Promise(setImmediate);
  chmodSync(path.join(folder, 'backups'), 0o600);
  await expect
    .poll(async () => {
      await clock.pass(soonMs);
      return onFailed.mock.calls.length;
    })
    .toBeGreaterThan(1);
  expect(onDamage).not.toHaveBeenCalled();
});

it('one that finds the file damaged says so, although the running program reads its pages from memory', async () => {
  made.catalog.database.pragma('wal_checkpoint(TRUNCATE)');
  writeFileSync(made.file, Buffer.alloc(40_960, 0x5a), { flag: 'r+' });
  change('10');
  await clock.pass(soonMs);
  await expect.poll(() => onDamage.mock.calls.length, { timeout: 10_000 }).toBe(1);
  expect(onFailed).toHaveBeenCalledOnce();
  expect(taken()).toBe(0);
});
