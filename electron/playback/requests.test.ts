// What a player may ask for: bytes by id, ranges, and every address that is refused.

import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readInitSection } from '../../recorder/media/init-section.ts';
import { madeInit } from '../../recorder/media/made-footage.ts';
import type { OpenSegment } from '../../recorder/model/footage.ts';
import { newId, type StreamId } from '../../recorder/model/ids.ts';
import { createLedger } from '../catalog/ledger.ts';
import { type MadeCatalog, madeCatalog } from '../catalog/made-catalog.ts';
import { madeOpenSegment, madeSegment, wholeSpan } from '../catalog/made-segment.ts';
import { chunkBytes } from './file-body.ts';
import { PlaybackRequests } from './requests.ts';
import { PlaybackService } from './service.ts';

const startMs = 1_795_248_000_000;
const openStartMs = startMs + 60_000;
const sizeBytes = 3 * chunkBytes + 17;
const content = Buffer.from(Uint8Array.from({ length: sizeBytes }, (_, index) => index * 7 + (index >> 8)));
const initBytes = madeInit({ timescale: 1_000 });
let made: MadeCatalog;
let file: string;
let openFile: string;
let initId: number;
let open: OpenSegment | undefined;
let logged: string[];
let requests: PlaybackRequests;

beforeEach(() => {
  made = madeCatalog();
  const ledger = createLedger(made.catalog);
  initId = ledger.saveInit(made.streamId, initBytes, readInitSection(initBytes).layout);
  const segment = madeSegment(made, initId, startMs, openStartMs, { sizeBytes });
  ledger.commitSegment(segment, [wholeSpan(segment)]);
  open = madeOpenSegment(made, initId, openStartMs, [1_000, 1_000]);
  file = path.join(made.folder, 'footage', segment.path);
  openFile = path.join(made.folder, 'footage', open.path);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  // Two complete spans end at byte 200; what follows is half a fragment.
  writeFileSync(openFile, content.subarray(0, 260));
  logged = [];
  const log = {
    info: () => {},
    warn: () => {},
    error: (_: unknown, message: string) => logged.push(message),
  };
  const clock = { nowMs: () => openStartMs + 3_000 };
  const playback = new PlaybackService({
    catalog: made.catalog,
    openSegments: { openSegment: () => open },
    clock,
  });
  requests = new PlaybackRequests(playback, log);
});
afterEach(() => made.remove());

async function ask(address: string, init: RequestInit = {}): Promise<Response> {
  const response = await requests.handle(new Request(`http://station${address}`, init));
  if (response === undefined) throw new Error('not a playback request');
  return response;
}
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
const footage = (at = startMs) => `/footage/${made.streamId}/${at}.mp4`;
const ranged = (range: string, more: Record<string, string> = {}) =>
  ask(footage(), { headers: { range, ...more } });
const openHandles = () =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === file;
    } catch {
      return false;
    }
  });

describe('the bytes of a segment', () => {
  it('come whole', async () => {
    const response = await ask(footage());
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe(String(sizeBytes));
    expect(response.headers.get('accept-ranges')).toBe('bytes');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect((await bytesOf(response)).equals(content)).toBe(true);
    expect(openHandles()).toEqual([]);
  });

  it('come in part', async () => {
    const response = await ranged('bytes=100-299999');
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes 100-299999/${sizeBytes}`);
    expect((await bytesOf(response)).equals(content.subarray(100, 300_000))).toBe(true);
  });

  it('come from the end', async () => {
    const response = await ranged('bytes=-20');
    expect((await bytesOf(response)).equals(content.subarray(-20))).toBe(true);
  });

  it('come whole when several ranges are asked for', async () => {
    const response = await ranged('bytes=0-1,5-6');
    expect(response.status).toBe(200);
    expect((await bytesOf(response)).equals(content)).toBe(true);
  });

  it('are refused behind the end', async () => {
    const response = await ranged(`bytes=${sizeBytes}-`);
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe(`bytes */${sizeBytes}`);
    expect(await response.json()).toMatchObject({ code: 'INVALID_INPUT', field: 'range' });
  });

  it('are refused for what is no range', async () => {
    const response = await ranged('bytes=2-1');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'INVALID_INPUT', field: 'range' });
  });

  it('come in part only while they are the same as before', async () => {
    const tag = (await ask(footage(), { method: 'HEAD' })).headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[\w-]{43}"$/);
    expect((await ranged('bytes=0-1', { 'if-range': tag })).status).toBe(206);
    expect((await ranged('bytes=0-1', { 'if-range': '"other"' })).status).toBe(200);
  });

  it('are described without being sent', async () => {
    const response = await ask(footage(), { method: 'HEAD' });
    expect(response.headers.get('content-length')).toBe(String(sizeBytes));
    expect(response.body).toBeNull();
    expect(openHandles()).toEqual([]);
  });

  it('are read chunk by chunk, and let go when the player leaves', async () => {
    const reader = (await ask(footage())).body?.getReader();
    expect((await reader?.read())?.value?.length).toBe(chunkBytes);
    expect(openHandles()).toHaveLength(1);
    await reader?.cancel();
    expect(openHandles()).toEqual([]);
  });

  it('break off when the file becomes shorter while it is read', async () => {
    const reader = (await ask(footage())).body?.getReader();
    await reader?.read();
    truncateSync(file, chunkBytes);
    await expect(reader?.read()).rejects.toThrow('became shorter');
    expect(openHandles()).toEqual([]);
  });
});

describe('the segment being written', () => {
  it('gives the bytes of its complete spans alone', async () => {
    const response = await ask(footage(openStartMs));
    expect(response.headers.get('etag')).toBeNull();
    expect((await bytesOf(response)).equals(content.subarray(0, 200))).toBe(true);
  });

  it('leaves its length open in a part', async () => {
    const response = await ask(footage(openStartMs), { headers: { range: 'bytes=150-1000' } });
    expect(response.headers.get('content-range')).toBe('bytes 150-199/*');
    expect((await bytesOf(response)).equals(content.subarray(150, 200))).toBe(true);
  });

  it('is not found under another start', async () => {
    expect((await ask(footage(openStartMs + 1))).status).toBe(404);
    open = undefined;
    expect((await ask(footage(openStartMs))).status).toBe(404);
  });
});

describe('a file that is not what the catalog says', () => {
  const answer = async () => {
    const response = await ask(footage());
    const text = await response.text();
    const { code } = JSON.parse(text) as { code: string };
    return { status: response.status, code, namesFolder: text.includes(made.folder), logged: logged.length };
  };
  const refused = { status: 404, code: 'FOOTAGE_NOT_FOUND', namesFolder: false, logged: 1 };

  it('is missing', async () => {
    rmSync(file);
    expect(await answer()).toEqual(refused);
  });

  it('is shorter', async () => {
    truncateSync(file, sizeBytes - 1);
    expect(await answer()).toEqual(refused);
  });

  it('is a link, even to the right bytes', async () => {
    renameSync(file, `${file}.moved`);
    symlinkSync(`${file}.moved`, file);
    expect(await answer()).toEqual(refused);
  });

  it('is reached over a folder that is a link', async () => {
    const day = path.dirname(file);
    renameSync(day, `${day}-moved`);
    symlinkSync(`${day}-moved`, day);
    expect(await answer()).toEqual(refused);
  });

  it('is a folder', async () => {
    rmSync(file);
    mkdirSync(file);
    expect(await answer()).toEqual(refused);
  });

  it('is a pipe that nobody writes', async () => {
    rmSync(file);
    execFileSync('mkfifo', [file]);
    expect(await answer()).toEqual(refused);
  });

  it('lies on a volume that is gone', async () => {
    rmSync(path.join(made.folder, 'footage'), { recursive: true });
    expect(await answer()).toEqual(refused);
  });
});

describe('playlists and init sections', () => {
  it('are served by id', async () => {
    const playlist = await ask(`/playlist/${made.streamId}.m3u8?from=${startMs}`);
    expect(playlist.headers.get('content-type')).toBe('application/vnd.apple.mpegurl');
    const text = await playlist.text();
    expect(text).toContain(`/init/${initId}.mp4`);
    expect(text).toContain(footage(openStartMs));
    const init = await ask(`/init/${initId}.mp4`);
    expect((await bytesOf(init)).equals(initBytes)).toBe(true);
  });

  it('are not found where nothing is', async () => {
    for (const address of [
      `/init/${initId + 1}.mp4`,
      `/playlist/${made.streamId}.m3u8?from=${openStartMs + 5_000}`,
    ]) {
      const response = await ask(address);
      expect([address, response.status]).toEqual([address, 404]);
      expect(await response.json()).toMatchObject({ code: 'FOOTAGE_NOT_FOUND' });
    }
    const unknown = await ask(`/playlist/${newId<StreamId>()}.m3u8?from=0`);
    expect(await unknown.json()).toMatchObject({ code: 'STREAM_NOT_FOUND' });
  });
});

describe('an address that is refused', () => {
  const id = '0b36e2a4-5b0e-4c43-9d0e-0c3a0f6c2a11';
  it.each([
    ['/playlist/x.m3u8?from=1', 'streamId'],
    [`/playlist/${id}?from=1`, 'streamId'],
    [`/playlist/${id.toUpperCase()}.m3u8?from=1`, 'streamId'],
    [`/playlist/${id}%00.m3u8?from=1`, 'streamId'],
    [`/playlist/%30b36e2a4-5b0e-4c43-9d0e-0c3a0f6c2a11.m3u8?from=1`, 'streamId'],
    [`/playlist/..%2f..%2fetc%2fpasswd.m3u8?from=1`, 'streamId'],
    [`/playlist/${id}.m3u8`, 'from'],
    [`/playlist/${id}.m3u8?from=`, 'from'],
    [`/playlist/${id}.m3u8?from=-1`, 'from'],
    [`/playlist/${id}.m3u8?from=1.5`, 'from'],
    [`/playlist/${id}.m3u8?from=1e3`, 'from'],
    [`/playlist/${id}.m3u8?from=NaN`, 'from'],
    [`/playlist/${id}.m3u8?from=007`, 'from'],
    [`/playlist/${id}.m3u8?from=9999999999999999`, 'from'],
    [`/playlist/${id}.m3u8?from=253402300800000`, 'from'],
    [`/playlist/${id}.m3u8?from=１`, 'from'],
    [`/playlist/${id}.m3u8?from=1&settled=x`, 'settled'],
    [`/playlist/${id}.m3u8/x?from=1`, 'playlist'],
    ['/playlist', 'playlist'],
    [`/footage/${id}`, 'footage'],
    [`/footage/${id}/1.mp4/`, 'footage'],
    [`/footage/${id}/1.mp3`, 'startMs'],
    [`/footage/${id}/.mp4`, 'startMs'],
    [`/footage/${id}/0x10.mp4`, 'startMs'],
    [`/footage/${id}/%31.mp4`, 'startMs'],
    [`/footage/${id}/..%2f1.mp4`, 'startMs'],
    [`/footage/${id}/1%00.mp4`, 'startMs'],
    ['/footage/x/1.mp4', 'streamId'],
    [`/footage/${id}%2f..%2fx/1.mp4`, 'streamId'],
    ['/init/x.mp4', 'init'],
    ['/init/-1.mp4', 'init'],
    ['/init/.mp4', 'init'],
  ])('%s', async (address, field) => {
    const response = await ask(address);
    expect(response.status).toBe(400);
    const refusal = (await response.json()) as Record<string, string>;
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', field });
    expect(Object.keys(refusal)).not.toContain('stack');
    expect(refusal['message']).not.toMatch(/\/|SELECT/);
  });

  it('by its method', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const response = await ask(footage(), { method });
      expect(await response.json()).toMatchObject({ code: 'INVALID_INPUT', field: 'method' });
    }
  });

  it('is nobody else’s', async () => {
    for (const address of ['/', '/rpc/x', '/footages/1', '//footage/x']) {
      expect(await requests.handle(new Request(`http://station${address}`))).toBeUndefined();
    }
  });

  it('tells nothing of a failure of ours', async () => {
    made.catalog.database.exec(
      'DROP TABLE fragment_indexes; CREATE TABLE fragment_indexes (stream_number, start_ms, spans)',
    );
    made.catalog.database.prepare("INSERT INTO fragment_indexes VALUES (1, ?, x'ff')").run(startMs);
    const response = await ask(`/playlist/${made.streamId}.m3u8?from=${startMs}`);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ code: 'INTERNAL', message: 'The recording could not be read.' });
    expect(logged).toHaveLength(1);
  });
});
