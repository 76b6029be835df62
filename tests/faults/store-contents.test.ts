// What lies in the store and should not, and what should and does not: torn, empty, foreign, linked, deleted, changed.

import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Camera } from '../../electron/contract/shapes.ts';
import { movie } from '../peers/clips.ts';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { decodingComplaints } from '../proofs/players.ts';
import { report } from './figures.ts';
import { Site, until } from './site.ts';
import { brokenFiles, footageFiles, lostRows } from './store-audit.ts';

const small = { kind: 'h264', width: 320, height: 180, fps: 15, gopFrames: 15, kilobits: 200 } as const;
const plans = { strange: small, deleted: small, flipped: small } as const;

let cameras: Awaited<ReturnType<typeof startGstreamerCameras<typeof plans>>>;
beforeAll(async () => {
  cameras = await startGstreamerCameras(plans);
});
afterAll(() => cameras.stop());

/** Ends the file that is being written, so that its row is committed, and waits for the next one. */
async function commitOne(site: Site, camera: Camera): Promise<void> {
  const { length } = site.rows();
  process.kill(site.ffmpegPid(camera), 'SIGKILL');
  await until('a row', 10_000, () => site.rows().length > length);
  await site.recording([camera], 10_000, Date.now());
}

function openFileOf(site: Site): string {
  const named = new Set(site.rows().map((row) => row.path));
  const open = footageFiles(site.footage).find((file) => !named.has(file) && !file.startsWith('quarantine'));
  if (open === undefined) throw new Error('no file is open');
  return open;
}

describe('the store', { concurrent: true }, () => {
  it('found with torn, empty, foreign files and links in it keeps what is ours and follows nothing', async () => {
    await using site = await Site.open();
    const [camera] = (await site.addRecording({ strange: cameras.urls.strange })) as [Camera];
    await commitOne(site, camera);
    const before = site.rows();
    const torn = openFileOf(site);
    await site.kill('tree');

    const day = path.join(site.footage, path.dirname(torn));
    const outside = path.join(site.folder, 'outside');
    mkdirSync(outside);
    writeFileSync(path.join(outside, 'theirs.txt'), 'not ours');
    const later = Date.now() + 1_000;
    // The beginning of another fragment, as a power cut leaves it.
    appendFileSync(
      path.join(site.footage, torn),
      readFileSync(path.join(site.footage, torn)).subarray(-700, -300),
    );
    writeFileSync(path.join(day, `${later}.mp4`), '');
    copyFileSync(await movie('h264-gop1s'), path.join(day, `${later + 1}.mp4`));
    writeFileSync(path.join(day, `${later + 2}.mp4`), 'no movie at all');
    writeFileSync(path.join(day, 'notes.txt'), 'somebody’s notes');
    symlinkSync(path.join(outside, 'theirs.txt'), path.join(day, `${later + 3}.mp4`));
    symlinkSync(outside, path.join(site.footage, camera.id, 'main', '2099'));

    await site.start();
    const rows = site.rows();
    expect(lostRows(before, rows)).toEqual([]);
    expect(rows.map((row) => row.path)).toContain(torn);
    expect(await decodingComplaints(path.join(site.footage, torn))).toEqual([]);
    const quarantined = readdirSync(path.join(site.footage, 'quarantine'));
    expect(quarantined.filter((name) => /(?:\.mp4|notes\.txt|2099)$/.test(name))).toHaveLength(5);
    expect(existsSync(path.join(day, `${later}.mp4`))).toBe(false);
    expect(readdirSync(outside)).toEqual(['theirs.txt']);
    expect(readFileSync(path.join(outside, 'theirs.txt'), 'utf8')).toBe('not ours');
    report('torn, empty, foreign files and links', 'put away of 5 foreign', quarantined.length, '5');
    await site.recording([camera], 10_000, Date.now());
    expect(await site.stop()).toBe(0);
    expect(site.broken()).toEqual([]);
  });

  it('whose files are deleted under us answers that they are not there, and records on', async () => {
    await using site = await Site.open();
    const [camera] = (await site.addRecording({ deleted: cameras.urls.deleted })) as [Camera];
    await commitOne(site, camera);
    const [gone] = site.rows();
    if (gone === undefined) throw new Error('nothing was committed');
    rmSync(path.join(site.footage, gone.path));
    const answer = await site.station.get(`/footage/${camera.streamId}/${gone.startMs}.mp4`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'FOOTAGE_NOT_FOUND' });

    // The one that is being written, too: nobody may ever be told that it is there.
    const open = openFileOf(site);
    rmSync(path.join(site.footage, open));
    process.kill(site.ffmpegPid(camera), 'SIGKILL');
    await site.recording([camera], 10_000, Date.now());
    expect(site.rows().map((row) => row.path)).not.toContain(open);
    report('file deleted under us', 'answer', `${answer.status}, and no row without a file`, '404');
    expect(await site.stop()).toBe(0);
    await site.start();
    await site.recording([camera], 10_000, Date.now());
    expect(await site.stop()).toBe(0);
    expect(site.broken()).toEqual([`1: ${gone.path} cannot be read: ${String(missing(site, gone.path))}`]);
  });

  it('with a flipped byte is told by its hash, and everything else goes on', async () => {
    await using site = await Site.open();
    const [camera] = (await site.addRecording({ flipped: cameras.urls.flipped })) as [Camera];
    await commitOne(site, camera);
    const [row] = site.rows();
    if (row === undefined) throw new Error('nothing was committed');
    const file = path.join(site.footage, row.path);
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 100) ^ 1, bytes.length - 100);
    writeFileSync(file, bytes);
    expect(brokenFiles(site.footage, site.rows())).toEqual([`1: ${row.path} has another hash`]);
    expect((await site.station.get(`/footage/${camera.streamId}/${row.startMs}.mp4`)).status).toBe(200);
    expect(await site.stop()).toBe(0);
    await site.start();
    await site.recording([camera], 10_000, Date.now());
    expect(await site.stop()).toBe(0);
    expect(site.broken()).toEqual([`1: ${row.path} has another hash`]);
    report('flipped byte', 'told by', 'SHA-256 of the row', 'told');
  });
});

/** The error of a file that is not there. */
function missing(site: Site, relative: string): unknown {
  try {
    readFileSync(path.join(site.footage, relative));
    return undefined;
  } catch (error) {
    return error;
  }
}
