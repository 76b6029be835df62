// When it is said that recordings lie ahead of the clock.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { hourMs } from '../../recorder/model/clock.ts';
import type { VolumeId } from '../../recorder/model/ids.ts';
import { CameraRows } from '../catalog/cameras.ts';
import { tellIfAhead } from './ahead.ts';
import { MadeUpkeep } from './made-upkeep.ts';

let upkeep: MadeUpkeep;
let disk: VolumeId;
beforeEach(async () => {
  upkeep = new MadeUpkeep();
  disk = await upkeep.addVolume('disk', 1_000_000_000);
});
afterEach(() => upkeep.remove());

const tell = () => {
  const { rows, ledger, alarms, time } = upkeep;
  tellIfAhead({ rows, ledger, alarms, clock: time.wall });
  return alarms.list().map(({ message }) => message);
};
const record = (startMs: number) =>
  upkeep.commit(upkeep.camera, disk, { startMs, endMs: startMs + 60_000 }, 1_000);

it('footage ahead of the clock is said as long as it is, and not for a minute more or less', () => {
  const nowMs = upkeep.time.wallMs;
  record(nowMs - 60_000);
  expect(tell()).toEqual([]);
  record(nowMs + 40 * 24 * hourMs);
  expect(tell()).toEqual([expect.stringMatching(/^The recordings of 1 camera lie 40 days ahead/)]);
  upkeep.time.pass(40 * 24 * hourMs - 8 * 60_000);
  expect(tell()).toEqual([expect.stringMatching(/lie 9 minutes ahead/)]);
  upkeep.time.pass(5 * 60_000);
  expect(tell()).toEqual([]);
  // Nine minutes again: what is not said needs more.
  upkeep.time.pass(-5 * 60_000);
  expect(tell()).toEqual([]);
});

it('that of a camera that was removed is not', () => {
  record(upkeep.time.wallMs + 40 * 24 * hourMs);
  expect(tell()).toHaveLength(1);
  new CameraRows(upkeep.made.catalog).remove(upkeep.camera.cameraId, upkeep.time.wallMs);
  expect(tell()).toEqual([]);
});
