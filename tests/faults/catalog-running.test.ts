// The catalog harmed while the station records: recording goes on, no segment is lost, and a sound catalog is back by itself.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Camera } from '../../electron/contract/shapes.ts';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { countFrames } from '../proofs/players.ts';
import { expectAtMost, isLong, report } from './figures.ts';
import { Site, until, untold } from './site.ts';
import { brokenFiles, lostRows } from './store-audit.ts';

const small = { kind: 'h264', width: 320, height: 180, fps: 15, gopFrames: 15, kilobits: 200 } as const;
const plans = { locked: small, beside: small, damaged: small } as const;

let cameras: Awaited<ReturnType<typeof startGstreamerCameras<typeof plans>>>;
beforeAll(async () => {
  cameras = await startGstreamerCameras(plans);
});
afterAll(() => cameras.stop());

/** The longest of many answers to something cheap, and how often there was none in time to be live. */
async function answersDuring(site: Site, work: () => Promise<unknown>): Promise<number[]> {
  const answers: number[] = [];
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const asked = performance.now();
      await site.client.session.me();
      answers.push(performance.now() - asked);
      await pause(20);
    }
  })();
  await work();
  isOver = true;
  await asking;
  return answers.toSorted((one, other) => one - other);
}

/** Frames that the camera's files hold, and those that their time is worth. */
async function framesOf(site: Site, { streamId }: Camera): Promise<{ stored: number; due: number }> {
  const rows = site.rows().filter((row) => row.streamId === streamId);
  const problems: string[] = [];
  let stored = 0;
  for (const row of rows) stored += await countFrames(path.join(site.footage, row.path), problems);
  expect(problems).toEqual([]);
  const seconds = rows.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0) / 1_000;
  return { stored, due: seconds * small.fps };
}

describe('the catalog', { concurrent: true }, () => {
  it('locked by another program: recording and live go on, and its rows come when it is let go', async () => {
    const heldMs = isLong ? 30_000 : 12_000;
    const fault = `catalog locked for ${heldMs / 1_000} s`;
    await using site = await Site.open({ settings: { segmentSeconds: '10' } });
    const { locked, beside } = cameras.urls;
    const [gate, yard] = (await site.addRecording({ locked, beside })) as [Camera, Camera];
    const yardPid = site.ffmpegPid(yard);
    const before = site.rows();
    const other = new Database(site.catalogFile);
    other.exec('BEGIN EXCLUSIVE');
    const answers = await answersDuring(site, async () => {
      await pause(1_000);
      // A gap begins and ends while nobody can write it down, and segments end.
      process.kill(site.ffmpegPid(gate), 'SIGKILL');
      await pause(heldMs - 1_000);
    });
    const gate2 = site.ffmpegPid(gate);
    const heldRows = site.rows();
    other.exec('ROLLBACK');
    other.close();
    const letGoMs = Date.now();
    expect(heldRows).toEqual(before);
    await until('the rows', 15_000, () => {
      const rows = site.rows();
      return [gate, yard].every((camera) => rows.some((row) => row.streamId === camera.streamId));
    });
    await site.recording([gate, yard], 10_000, letGoMs);
    expectAtMost(fault, 'rows there after', Date.now() - letGoMs, 10_000, 'ms');
    expectAtMost(fault, 'answers, p99', answers[Math.floor(answers.length * 0.99)] ?? 0, 250, 'ms');
    expectAtMost(fault, 'answers, longest', answers.at(-1) ?? 0, 1_000, 'ms');
    expect(site.ffmpegPid(yard)).toBe(yardPid);
    expect(site.ffmpegPid(gate)).toBe(gate2);
    // Rows that waited are written one after the other.
    for (const camera of [gate, yard]) {
      const isTold = async () => untold(await site.timeline(camera)).length === 0;
      await until(`all of ${camera.name} is told`, 10_000, isTold);
    }
    expect((await site.timeline(yard)).gaps.map(({ reason }) => reason)).toEqual(['starting']);
    expect((await site.timeline(gate)).gaps.map(({ reason }) => reason)).toEqual([
      'starting',
      'recorder-ended',
    ]);
    expect(await site.stop()).toBe(0);
    expect(site.broken()).toEqual([]);
    const { stored, due } = await framesOf(site, yard);
    report(fault, 'frames stored of the other camera', `${stored} of ${Math.round(due)}`, 'all');
    expect(Math.abs(stored - due)).toBeLessThan(small.gopFrames);
  });

  it('damaged while it is in use: it is noticed by the next write or copy, and put back while cameras record', async () => {
    const fault = 'catalog damaged while in use';
    await using site = await Site.open({ settings: { segmentSeconds: '10' } });
    const [camera] = (await site.addRecording({ damaged: cameras.urls.damaged })) as [Camera];
    const startMs = Date.now() - 1_000;
    await site.client.marks.add({ cameraId: camera.id, kind: 'note', startMs, text: 'Before' });
    // A copy, as every quarter of an hour.
    expect(await site.stop()).toBe(0);
    await site.start();
    await site.recording([camera], 10_000, Date.now());
    process.kill(site.ffmpegPid(camera), 'SIGKILL');
    await site.recording([camera], 10_000, Date.now());
    const before = site.rows();
    const other = new Database(site.catalogFile);
    other.pragma('wal_checkpoint(TRUNCATE)');
    other.close();
    const harmedMs = Date.now();
    writeFileSync(site.catalogFile, readFileSync(site.catalogFile).fill(0x5a, 4_096), { flag: 'r+' });

    const told = await until('it is put back', 120_000, async () => {
      const alarms = await site.client.alarms.list().catch(() => []);
      return alarms.find(({ kind }) => kind === 'catalog-restored');
    });
    report(
      fault,
      'noticed and put back after',
      `${Math.round((Date.now() - harmedMs) / 1_000)} s`,
      '≤ 15 min',
    );
    expect(told.message).toMatch(/was damaged and was put back as of/);
    await until('all is read in', 30_000, async () => {
      const { reading } = await site.client.storage.overview();
      return reading === undefined;
    });
    await site.recording([camera], 10_000, Date.now());
    const rows = site.rows();
    expectAtMost(fault, `segments lost of ${before.length}`, lostRows(before, rows).length, 0, '');
    expect(brokenFiles(site.footage, rows)).toEqual([]);
    const range = { cameraIds: [camera.id], startMs: startMs - 60_000, endMs: Date.now() };
    expect((await site.client.marks.list(range)).marks.map(({ text }) => text)).toEqual(['Before']);
    const gaps = (await site.timeline(camera)).gaps.filter(({ startMs: from }) => from > harmedMs);
    const lostMs = gaps.reduce((sum, gap) => sum + (gap.endMs ?? Number.NaN) - gap.startMs, 0);
    expectAtMost(fault, 'time without footage', lostMs, 10_000, 'ms');
    expect(await site.stop()).toBe(0);
    expect(site.broken()).toEqual([]);
  });
});
