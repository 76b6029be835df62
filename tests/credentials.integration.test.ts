// A camera's password is given to the camera and to nobody else: not to logs, replies, command lines, files or the catalog.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StationEvent } from '../electron/contract/events.ts';
import { descendants, wordsOf } from './driver/processes.ts';
import { type StationProcess, startStation } from './driver/station-process.ts';
import { startGstreamerCameras } from './peers/gstreamer.ts';

const password = 'S3cr3t!Cam';
const wrongPassword = 'Wr0ng!S3cr3t';
/** As typed, and as it stands in an address. */
const spellings = [password, wrongPassword].flatMap((secret) => [
  secret,
  secret.replace('!', '%21'),
  secret.replace('!', '%2521'),
]);

const guarded = {
  kind: 'h264',
  width: 640,
  height: 360,
  fps: 15,
  gopFrames: 15,
  kilobits: 400,
  digest: { user: 'admin', password },
} as const;

let folder: string;
let station: StationProcess | undefined;
const ownTemporary = process.env['TMPDIR'];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lookout-credentials-'));
});
afterEach(async () => {
  await station?.[Symbol.asyncDispose]();
  if (ownTemporary === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = ownTemporary;
  rmSync(folder, { recursive: true, force: true });
});

/** Every secret found in a text, with where it was. */
const hits = (where: string, text: string) =>
  spellings.filter((spelling) => text.includes(spelling)).map((spelling) => `${spelling} in ${where}`);

function hitsInFiles(place: string): string[] {
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return hits(file, readFileSync(file, 'latin1'));
    });
}

/** Text of every column of every row, whatever the schema says the column is. */
function hitsInCatalog(file: string): string[] {
  const database = new Database(file, { readonly: true });
  const tables = database
    .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table'")
    .pluck()
    .all();
  const found = tables.flatMap((table) => {
    const rows = database.prepare(`SELECT * FROM "${table}"`).all() as Record<string, unknown>[];
    return rows.flatMap((row) =>
      Object.entries(row).flatMap(([column, value]) =>
        hits(`${table}.${column}`, Buffer.isBuffer(value) ? value.toString('latin1') : String(value)),
      ),
    );
  });
  database.close();
  return found;
}

it('shows nowhere, whether it is right or wrong', async () => {
  await using cameras = await startGstreamerCameras({ guarded });
  const data = path.join(folder, 'data');
  const temporary = path.join(folder, 'tmp');
  mkdirSync(temporary);
  process.env['TMPDIR'] = temporary;
  station = await startStation(data);
  const { client, pid } = station;
  const found: string[] = [];
  const replies: unknown[] = [];
  const events: StationEvent[] = [];
  const look = () => {
    for (const child of [pid, ...descendants(pid)]) found.push(...hits(`process ${child}`, wordsOf(child)));
  };
  const recorded = Promise.withResolvers<void>();
  const refused = Promise.withResolvers<void>();
  const watching = (async () => {
    for await (const event of await client.events.watch()) {
      look();
      events.push(event);
      if (event.kind === 'footage') recorded.resolve();
      if (event.kind === 'stream-state' && event.state.kind === 'waiting') refused.resolve();
    }
    return 'ended';
  })().catch((error: unknown) => error);

  const right = cameras.urls.guarded;
  expect(right).toContain(encodeURIComponent(password).replace('!', '%21').slice(0, 6));
  const bare = new URL(right);
  bare.username = '';
  bare.password = '';
  const test = client.cameras.test({ url: right });
  look();
  replies.push(await test);
  expect(replies[0]).toMatchObject({ ok: true });
  replies.push(await client.cameras.test({ url: bare.href, username: 'admin', password: wrongPassword }));
  expect(replies[1]).toMatchObject({ ok: false, reason: 'wrong-password' });
  replies.push(await client.cameras.add({ name: 'Right', url: right }));
  replies.push(
    await client.cameras.add({ name: 'Wrong', url: bare.href, username: 'admin', password: wrongPassword }),
  );
  const inPath = `${bare.href}/user=admin&password=${password}&channel=1`;
  replies.push(await client.cameras.add({ name: 'In its path', url: inPath }));
  const mistyped = await client.cameras.add({ name: 'X', url: `${right}#` }).catch((error: unknown) => error);
  replies.push(mistyped, String(mistyped), JSON.stringify(mistyped));
  await Promise.all([recorded.promise, refused.promise]);
  replies.push(await client.cameras.list(), await client.station.info());
  look();

  found.push(...hits('replies', JSON.stringify([replies, events])), ...hitsInFiles(folder));
  expect(await station.stop()).toBe(0);
  expect(await watching).toBe('ended');
  found.push(...hits('printed words', station.output()), ...hitsInFiles(folder));
  found.push(...hitsInCatalog(path.join(data, 'catalog/lookout.db')));
  expect(found).toEqual([]);
});
