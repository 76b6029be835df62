// A catalog that is found damaged while it is in use: closed, and opened again by the same process.

import { mkdirSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MadeClock } from '../../recorder/capture/made-clock.ts';
import { backupIntervalMs } from './backups.ts';
import { catalogFile, type KeptCatalog, openKeptCatalog } from './kept-catalog.ts';
import { madeFolder, migrationsFolder } from './made-catalog.ts';

let dataFolder: string;
let clock: MadeClock;
let kept: KeptCatalog;

function open(): KeptCatalog {
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  return openKeptCatalog({ dataFolder, migrationsFolder, clocks: clock, log });
}

beforeEach(() => {
  dataFolder = madeFolder();
  clock = new MadeClock();
  kept = open();
  kept.start({ raise: () => {}, clear: () => {} });
});
afterEach(async () => {
  await kept.close();
  rmSync(dataFolder, { recursive: true });
});

it('leaves nothing behind that would copy it when it is closed already', async () => {
  kept.catalog.reportDamage(new Error('made up'));
  await kept.damaged;
  await kept.close();
  expect(clock.timerCount).toBe(0);
  kept = open();
  await clock.pass(backupIntervalMs);
  expect(kept.restored?.cause).toBe('catalog-damaged');
});

it('is put back too when no mark can be made beside it', async () => {
  mkdirSync(`${catalogFile(dataFolder)}.damaged`);
  expect(() => kept.catalog.reportDamage(new Error('made up'))).not.toThrow();
  await kept.damaged;
});
