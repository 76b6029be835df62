// Thumbnails by id and time: of closed segments, of the open one, of none.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenSegment } from '../../recorder/model/footage.ts';
import { newId } from '../../recorder/model/ids.ts';
import { segmentPath } from '../../recorder/segments/segment-path.ts';
import { appendThumbnail } from '../../recorder/segments/thumbnail-file.ts';
import { identityFile } from '../../recorder/segments/volume.ts';
import { createLedger } from '../catalog/ledger.ts';
import { type MadeCatalog, madeCatalog } from '../catalog/made-catalog.ts';
import { madeOpenSegment, madeSegment, wholeSpan } from '../catalog/made-segment.ts';
import { Thumbnails } from './thumbnails.ts';

let made: MadeCatalog;
let open: OpenSegment | undefined;
let thumbnails: Thumbnails;
beforeEach(async () => {
  made = madeCatalog();
  const ledger = createLedger(made.catalog);
  const video = { trackId: 1, codec: 'avc1.64001f', width: 1, height: 1, timescale: 1_000 };
  const initId = ledger.saveInit(made.streamId, Uint8Array.of(1), { video, audio: undefined });
  for (const startMs of [0, 60_000]) {
    const segment = madeSegment(made, initId, startMs, startMs + 60_000);
    ledger.commitSegment(segment, [wholeSpan(segment)]);
  }
  open = madeOpenSegment(made, initId, 120_000, [10_000, 10_000]);
  mkdirSync(path.join(made.folder, 'footage'));
  thumbnails = new Thumbnails(made.catalog, { openSegment: () => open });
  const segmentOf = (segmentMs: number) => segmentPath({ ...made, role: 'main' }, segmentMs);
  const volume = { id: made.volumeId, folder: path.join(made.folder, 'footage') };
  writeFileSync(path.join(volume.folder, identityFile), JSON.stringify({ volume: volume.id }));
  const add = (segmentMs: number, atMs: number) =>
    appendThumbnail(volume, segmentOf(segmentMs), atMs, Uint8Array.of(atMs / 1_000));
  await add(0, 4_000);
  await add(0, 14_000);
  await add(60_000, 64_000);
  await add(120_000, 124_000);
});
afterEach(() => made.remove());

const ask = (address: string, method = 'GET') =>
  thumbnails.answer(new Request(`http://station${address}`, { method }));
const at = async (ms: number) => {
  const response = await ask(`/thumbnail/${made.streamId}/${ms}.jpg`);
  expect(response.headers.get('content-type')).toBe('image/jpeg');
  const [value] = new Uint8Array(await response.arrayBuffer());
  expect(Number(response.headers.get('lookout-time'))).toBe((value ?? 0) * 1_000);
  return (value ?? 0) * 1_000;
};

describe('a thumbnail', () => {
  it('is the newest at or before the moment, over the border of segments', async () => {
    expect(await at(4_000)).toBe(4_000);
    expect(await at(13_999)).toBe(4_000);
    expect(await at(59_000)).toBe(14_000);
    expect(await at(61_000)).toBe(14_000);
    expect(await at(64_000)).toBe(64_000);
  });

  it('comes of the segment that is being written, and of what was before it', async () => {
    expect(await at(130_000)).toBe(124_000);
    expect(await at(122_000)).toBe(64_000);
    open = undefined;
    expect(await at(122_000)).toBe(64_000);
  });

  it('of another time is none', async () => {
    const refused = expect.objectContaining({ code: 'FOOTAGE_NOT_FOUND' });
    await expect(at(3_999)).rejects.toEqual(refused);
    await expect(at(124_000 + 60_001)).rejects.toEqual(refused);
  });

  it('is told without its bytes', async () => {
    const response = await ask(`/thumbnail/${made.streamId}/4000.jpg`, 'HEAD');
    expect(response.headers.get('content-length')).toBe('1');
    expect(await response.text()).toBe('');
  });

  it.each([
    ['/thumbnail', 'INVALID_INPUT', {}],
    [`/thumbnail/${newId()}/4000.jpg`, 'STREAM_NOT_FOUND', { field: 'streamId' }],
    ['/thumbnail/../../etc/passwd', 'INVALID_INPUT', {}],
    ['/thumbnail/x/4000.jpg', 'INVALID_INPUT', {}],
  ])('is refused for %s', async (address, code, detail) => {
    await expect(ask(address)).rejects.toEqual(expect.objectContaining({ code, detail }));
  });

  it.each([
    '-1.jpg',
    '4000',
    '4000.png',
    '04000.jpg',
    '4e3.jpg',
    '999999999999999.jpg',
    '4000.jpg/x',
    '%2e%2e',
  ])('is refused for the time %s', async (name) => {
    await expect(ask(`/thumbnail/${made.streamId}/${name}`)).rejects.toEqual(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });
});
