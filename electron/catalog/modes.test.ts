// Rows of modes and savers: what is set comes back, and what breaks the rules of a week is refused by the table itself.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { continuously, fullWeek } from '../../recorder/model/modes.ts';
import { type MadeCatalog, madeCatalog } from './made-catalog.ts';
import { type ModeRow, ModeRows } from './modes.ts';

let made: MadeCatalog;
let rows: ModeRows;
beforeEach(() => {
  made = madeCatalog();
  rows = new ModeRows(made.catalog);
});
afterEach(() => made.remove());

it('keeps a mode and changes it', () => {
  expect(rows.mode(made.cameraId)).toBeUndefined();
  const week = ['m'.repeat(24), '-'.repeat(24), ...fullWeek.slice(2)];
  const mode: ModeRow = { ...continuously, kind: 'schedule', week, manualUntilMs: 5 };
  rows.setMode(made.cameraId, mode);
  expect(rows.mode(made.cameraId)).toEqual(mode);
  const later: ModeRow = {
    kind: 'motion',
    week: fullWeek,
    preRollMs: 0,
    postRollMs: 9_000,
    manualUntilMs: undefined,
  };
  rows.setMode(made.cameraId, later);
  expect(rows.mode(made.cameraId)).toEqual(later);
});

it.each([fullWeek.slice(1), ['x'.repeat(24), ...fullWeek.slice(1)]])(
  'refuses a week that is none',
  (...week) => {
    const mode: ModeRow = { ...continuously, kind: 'schedule', week };
    expect(() => rows.setMode(made.cameraId, mode)).toThrow(/CHECK constraint failed/);
  },
);

it('keeps a saver, changes it and takes it away', () => {
  const saver = { codec: 'h265', heightLimit: 720, fpsLimit: undefined, kilobits: 500 } as const;
  rows.setSaver(made.cameraId, saver);
  expect(rows.saver(made.cameraId)).toEqual(saver);
  rows.setSaver(made.cameraId, { ...saver, heightLimit: undefined, fpsLimit: 5 });
  expect(rows.saver(made.cameraId)).toEqual({ ...saver, heightLimit: undefined, fpsLimit: 5 });
  rows.setSaver(made.cameraId, undefined);
  expect(rows.saver(made.cameraId)).toBeUndefined();
});
