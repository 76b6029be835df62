// Gaps that the catalog does not take at once: they come later, in their order.

import { expect, it } from 'vitest';
import { newId, type StreamId } from '../model/ids.ts';
import type { FootageLedger } from '../segments/ledger.ts';
import { Absence } from './absence.ts';
import { MadeClock } from './made-clock.ts';

function makeAbsence() {
  const clock = new MadeClock();
  const written: string[] = [];
  const complaints: string[] = [];
  let isLocked = false;
  const write = (words: string) => {
    if (isLocked) throw new Error('locked');
    written.push(words);
  };
  const ledger = {
    coveredUntilMs: () => undefined,
    openGapOf: () => undefined,
    openGap: (_stream: StreamId, startMs: number, reason: string) => write(`from ${startMs} ${reason}`),
    closeGap: (_stream: StreamId, endMs: number) => write(`until ${endMs}`),
  } as unknown as FootageLedger;
  const ignore = () => undefined;
  const log = { info: ignore, warn: ignore, error: (_: object, text: string) => complaints.push(text) };
  const absence = new Absence(newId<StreamId>(), { ledger, clocks: clock, log }, ignore);
  const lock = (locked: boolean) => {
    isLocked = locked;
  };
  return { absence, clock, written, complaints, lock };
}

it('a gap that begins and ends while the catalog is locked is a row when it is let go, before those that follow', async () => {
  const { absence, clock, written, complaints, lock } = makeAbsence();
  lock(true);
  absence.begin(100, 'recorder-ended');
  absence.end(200);
  absence.begin(300, 'stalled');
  await clock.pass(30_000);
  expect(written).toEqual([]);
  lock(false);
  absence.end(400);
  await clock.pass(2_000);
  expect(written).toEqual(['from 100 recorder-ended', 'until 200', 'from 300 stalled', 'until 400']);
  expect(complaints).toEqual(['The catalog did not take a gap; it is tried again']);
});

it('one that is never taken is given up after two minutes, and the next gets its turn', async () => {
  const { absence, clock, written, complaints, lock } = makeAbsence();
  lock(true);
  absence.begin(100, 'stalled');
  await clock.pass(59 * 2_000);
  expect(complaints).toContain('The catalog did not take a gap');
  lock(false);
  absence.end(200);
  await clock.pass(2_000);
  expect(written).toEqual(['until 200']);
});

it('the end of the program is a last try', async () => {
  const { absence, clock, written, lock } = makeAbsence();
  lock(true);
  absence.begin(100, 'program-stopped');
  lock(false);
  absence.close();
  expect(written).toEqual(['from 100 program-stopped']);
  await clock.pass(10_000);
  expect(written).toHaveLength(1);
});

it('a reason of our own ends the gap before it: what was no signal stays no signal', () => {
  const { absence, written } = makeAbsence();
  absence.begin(100, 'unreachable');
  absence.go('volume-missing', 500);
  absence.end(700);
  expect(written).toEqual(['from 100 unreachable', 'until 500', 'from 500 volume-missing', 'until 700']);
});

it('a loss that is told late leaves the gap that is open since then as it is', () => {
  const { absence, written } = makeAbsence();
  absence.begin(500, 'unreachable');
  absence.past('disk-error', 100, 500);
  expect(absence.reason).toBe('unreachable');
  expect(written.slice(1)).toEqual(['until 500', 'from 100 disk-error', 'until 500', 'from 500 unreachable']);
});
