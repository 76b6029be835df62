// A whole station on a data folder that an earlier program left: what it makes of the time between.

import { closeSync, mkdirSync, openSync, rmSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClocks } from '../recorder/model/clock.ts';
import { continuously } from '../recorder/model/modes.ts';
import { catalogFile } from './catalog/kept-catalog.ts';
import { createLedger } from './catalog/ledger.ts';
import { addCamera, madeFolder, migrationsFolder } from './catalog/made-catalog.ts';
import { ModeRows } from './catalog/modes.ts';
import { openCatalog } from './catalog/open.ts';
import { openStation } from './station.ts';

const minuteMs = 60_000;
const nowMs = Date.UTC(2026, 5, 4, 8);
/** The program was killed three days ago, ten minutes after it saw the last movement. */
const quietMs = Date.UTC(2026, 5, 1, 8);
const killedMs = quietMs + 10 * minuteMs;

let dataFolder: string;
beforeEach(() => {
  dataFolder = madeFolder();
});
afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

const file = () => catalogFile(dataFolder);

/** A camera that was quiet when the program ended without a word. */
function leaveBehind(): void {
  mkdirSync(path.dirname(file()), { recursive: true });
  const catalog = openCatalog(file(), { migrationsFolder });
  const { cameraId, streamId } = addCamera(catalog, 'Gate');
  new ModeRows(catalog).setMode(cameraId, { ...continuously, kind: 'motion' });
  const ledger = createLedger(catalog);
  ledger.openGap(streamId, quietMs - minuteMs, 'starting');
  ledger.closeGap(streamId, quietMs);
  ledger.openGap(streamId, quietMs, 'no-motion');
  catalog.close();
}

function beat(atMs: number): void {
  const heartbeat = path.join(dataFolder, 'alive');
  closeSync(openSync(heartbeat, 'a'));
  utimesSync(heartbeat, atMs / 1_000, atMs / 1_000);
}

/** The gaps of the time before the start, after a station was opened and stopped again. */
async function toldOfThePast(): Promise<unknown[]> {
  const ignore = () => undefined;
  const station = await openStation({
    ...{ dataFolder, migrationsFolder, version: '0', shell: 'headless', rendererFolder: dataFolder },
    clocks: { ...systemClocks, wall: { nowMs: () => nowMs } },
    log: { info: ignore, warn: ignore, error: ignore },
  });
  await station.stop();
  const catalog = openCatalog(file(), { migrationsFolder });
  try {
    return catalog.database
      .prepare(
        'SELECT start_ms AS startMs, end_ms AS endMs, reason FROM gaps WHERE end_ms > ? AND start_ms < ? ORDER BY 1',
      )
      .all(quietMs, nowMs);
  } finally {
    catalog.close();
  }
}

it('has a reason hold until the last heartbeat of a program that was killed, and no longer', async () => {
  leaveBehind();
  beat(killedMs);
  expect(await toldOfThePast()).toEqual([
    { startMs: quietMs, endMs: killedMs, reason: 'no-motion' },
    { startMs: killedMs, endMs: nowMs, reason: 'program-killed' },
  ]);
});

it('without a heartbeat believes the catalog as far as it goes', async () => {
  leaveBehind();
  expect(await toldOfThePast()).toEqual([{ startMs: quietMs, endMs: nowMs, reason: 'program-killed' }]);
});

it('does not know how long it was away when the clock was set back meanwhile', async () => {
  leaveBehind();
  beat(nowMs + minuteMs);
  expect(await toldOfThePast()).toEqual([{ startMs: quietMs, endMs: nowMs, reason: 'no-motion' }]);
});
