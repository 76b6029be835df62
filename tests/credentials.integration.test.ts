// A camera's password is given to the camera and to nobody else: not to logs, replies, command lines, files or the catalog.

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StationEvent } from '../electron/contract/events.ts';
import { descendants, wordsOf } from './driver/processes.ts';
import { type StationProcess, startStation } from './driver/station-process.ts';
import { startGstreamerCameras } from './peers/gstreamer.ts';

const run = promisify(execFile);
const password = 'S3cr3t!Cam';
const wrongPassword = 'Wr0ng!S3cr3t';
const nextPassword = 'N3xt!P4ssword';
/** As typed, as it stands in an address, and as HTTP's Basic scheme and hex dumps write it. */
const spellings = [password, wrongPassword, nextPassword].flatMap((secret) => [
  secret,
  secret.replace('!', '%21'),
  secret.replace('!', '%2521'),
  Buffer.from(secret).toString('hex'),
  ...[0, 1, 2].map((before) => base64Within(secret, before)),
]);

/** The characters that Base64 has for a text with `before` bytes (modulo 3) in front of it, whatever stands around it. */
function base64Within(text: string, before: number): string {
  const encoded = Buffer.from('\0'.repeat(before) + text).toString('base64');
  const end = Math.floor(((before + text.length) * 4) / 3);
  return encoded.slice(Math.ceil((before * 4) / 3), end);
}

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
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lookout-credentials-'));
});
afterEach(async () => {
  await station?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** An HTTP camera that asks for the Basic scheme (RFC 7617) and sends JPEGs for ever; pictures as another camera drew them. */
async function httpCamera(): Promise<{ url: string; [Symbol.asyncDispose](): Promise<void> }> {
  const { stdout: picture } = await run(
    'ffmpeg',
    [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=320x180'],
      ...['-frames:v', '1', '-f', 'mjpeg', 'pipe:1'],
    ],
    { encoding: 'buffer' },
  );
  const right = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
  const server = createServer((request, response) => {
    if (request.headers.authorization !== right) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="camera"' }).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=picture' });
    const head = `--picture\r\ncontent-type: image/jpeg\r\ncontent-length: ${picture.length}\r\n\r\n`;
    const sending = setInterval(() => response.write(Buffer.concat([Buffer.from(head), picture])), 100);
    response.on('close', () => clearInterval(sending));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/video`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Every secret found in a text, with where it was. */
const hits = (where: string, text: string) =>
  spellings.filter((spelling) => text.includes(spelling)).map((spelling) => `${spelling} in ${where}`);

/** Nothing of a file that was renamed since it was listed: it is read under its new name, at the latest at the end. */
function contentOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function hitsInFiles(place: string): string[] {
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return hits(file, contentOf(file));
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

/** Words of the station and of all it has started, at this moment. */
const hitsInProcesses = (pid: number) =>
  [pid, ...descendants(pid)].flatMap((process) => hits(`process ${process}`, wordsOf(process)));

/** Hears all that a station tells from now on. */
function listen(client: StationProcess['client']) {
  const events: StationEvent[] = [];
  const watching = (async () => {
    for await (const event of await client.events.watch()) events.push(event);
    return 'ended';
  })().catch((error: unknown) => error);
  const until = async (what: string, limitMs: number, ready: (event: StationEvent) => boolean) => {
    const began = performance.now();
    while (!events.some(ready)) {
      if (performance.now() - began > limitMs) throw new Error(`not within ${limitMs} ms: ${what}`);
      await pause(50);
    }
  };
  return { events, watching, until };
}

const waits = (streamId: string, reason: string) => (event: StationEvent) =>
  event.kind === 'stream-state' &&
  event.streamId === streamId &&
  event.state.kind === 'waiting' &&
  event.state.reason === reason;

it('knows what it looks for', () => {
  const basic = Buffer.from(`admin:${password}`).toString('base64');
  expect(hits('', `Authorization: Basic ${basic}`)).toHaveLength(1);
  expect(hits('', Buffer.from(`xy${password}z`).toString('base64'))).toHaveLength(1);
  expect(hits('', 'rtsp://admin:S3cr3t%21Cam@camera/')).toHaveLength(1);
});

it('shows nowhere, whether it is right or wrong, and whatever fails', async () => {
  await using cameras = await startGstreamerCameras({ guarded });
  await using web = await httpCamera();
  const data = path.join(folder, 'data');
  const temporary = path.join(folder, 'tmp');
  mkdirSync(temporary);
  station = await startStation(data, [], { environment: { TMPDIR: temporary } });
  const { client, pid } = station;
  const found = new Set<string>();
  const looking = setInterval(() => {
    for (const hit of hitsInProcesses(pid)) found.add(hit);
  }, 50);
  const replies: unknown[] = [];
  const { events, watching, until } = listen(client);
  const reply = async <Value>(call: Promise<Value>): Promise<Value> => {
    const value = await call;
    replies.push(value);
    return value;
  };

  const right = cameras.urls.guarded;
  expect(hits('', right)).not.toEqual([]);
  const bare = new URL(right);
  bare.username = '';
  bare.password = '';
  const signIn = { username: 'admin', password };
  const wrongSignIn = { username: 'admin', password: wrongPassword };
  expect(await reply(client.cameras.test({ url: right }))).toMatchObject({ ok: true });
  const refused = { ok: false, reason: 'wrong-password' };
  expect(await reply(client.cameras.test({ url: bare.href, ...wrongSignIn }))).toMatchObject(refused);
  expect(await reply(client.cameras.test({ url: web.url, ...wrongSignIn }))).toMatchObject(refused);
  const camera = await reply(client.cameras.add({ name: 'Right', url: right }));
  const wrong = await reply(client.cameras.add({ name: 'Wrong', url: bare.href, ...wrongSignIn }));
  const overHttp = await reply(client.cameras.add({ name: 'Web', url: web.url, ...signIn }));
  const inPath = `${bare.href}/user=admin&password=${password}&channel=1`;
  await reply(client.cameras.add({ name: 'In its path', url: inPath }));
  const mistyped = await client.cameras.add({ name: 'X', url: `${right}#` }).catch((error: unknown) => error);
  replies.push(mistyped, String(mistyped), JSON.stringify(mistyped));
  for (const { streamId } of [camera, overHttp]) {
    await until('footage', 20_000, (event) => event.kind === 'footage' && event.streamId === streamId);
  }
  await until('refused', 20_000, waits(wrong.streamId, 'wrong-password'));

  const { playlist } = await reply(client.playback.open({ streamId: camera.streamId, atMs: 0 }));
  replies.push(await (await station.get(playlist)).text());
  replies.push(await (await station.get(playlist.replace('.m3u8', '.mp4'))).text());
  await cameras.drop('guarded');
  await until('away', 20_000, waits(camera.streamId, 'not-found'));
  await web[Symbol.asyncDispose]();
  await until('gone', 20_000, waits(overHttp.streamId, 'refused'));
  await reply(client.cameras.list());
  await reply(client.station.info());
  const range = { startMs: camera.createdMs - 1, endMs: camera.createdMs + 60_000 };
  await reply(client.timeline.range({ streamId: camera.streamId, ...range }));

  const running = [...hits('replies', JSON.stringify([replies, events])), ...hitsInFiles(folder)];
  expect(await station.stop()).toBe(0);
  clearInterval(looking);
  expect(await watching).toBe('ended');
  const afterwards = [...hits('printed words', station.output()), ...hitsInFiles(folder)];
  const inRows = hitsInCatalog(path.join(data, 'catalog/lookout.db'));
  expect([...found, ...running, ...afterwards, ...inRows]).toEqual([]);
}, 120_000);

it('is replaced by the camera’s next one in the same stream, and neither shows anywhere', async () => {
  await using cameras = await startGstreamerCameras({ guarded });
  const data = path.join(folder, 'data');
  station = await startStation(data);
  const { client } = station;
  const { events, watching, until } = listen(client);
  const camera = await client.cameras.add({ name: 'Gate', url: cameras.urls.guarded });
  const { id: cameraId, streamId, source } = camera;
  const url = source.kind === 'test-pattern' ? '' : source.url;
  const isFootage = (event: StationEvent) => event.kind === 'footage' && event.streamId === streamId;
  await until('footage', 20_000, isFootage);

  await cameras.setPassword('guarded', nextPassword);
  await until('refused', 20_000, waits(streamId, 'wrong-password'));
  const stored = await client.cameras.test({ cameraId, url });
  const next = { url, password: nextPassword };
  const typed = await client.cameras.test({ cameraId, ...next });
  expect([stored, typed]).toMatchObject([{ ok: false, reason: 'wrong-password' }, { ok: true }]);
  const heard = events.length;
  const changed = await client.cameras.setSource({ cameraId, ...next });
  expect(changed).toMatchObject({ id: cameraId, streamId, recording: true, source });
  await until('footage again', 20_000, (event) => isFootage(event) && events.indexOf(event) >= heard);

  const range = { startMs: camera.createdMs - 1, endMs: camera.createdMs + 3_600_000 };
  const timeline = await client.timeline.range({ streamId, ...range });
  expect(timeline.coverage).toHaveLength(2);
  const [before, after] = timeline.coverage;
  const between = { startMs: before?.endMs, endMs: after?.startMs, reason: 'wrong-password' };
  expect(timeline.gaps).toContainEqual(between);
  const { playlist, playlistStartMs } = await client.playback.open({ streamId, atMs: 0 });
  expect(playlistStartMs).toBe(before?.startMs);
  expect((await station.get(playlist)).status).toBe(200);

  const told = hits('replies', JSON.stringify([stored, typed, changed, events]));
  expect(await station.stop()).toBe(0);
  expect(await watching).toBe('ended');
  const left = [...hits('printed words', station.output()), ...hitsInFiles(folder)];
  const inRows = hitsInCatalog(path.join(data, 'catalog/lookout.db'));
  expect([...told, ...left, ...inRows]).toEqual([]);
}, 120_000);
