// What of the recording sheet is told to the station, and what is left alone.
import { describe, expect, it } from 'vitest';
import type { Camera } from '../../electron/contract/shapes.ts';
import { newId } from '../../recorder/model/ids.ts';
import { fullWeek } from '../../recorder/model/modes.ts';
import { changesOf, recordingFormOf, usesMotion, withCurrent } from './recording-form.ts';

const camera: Camera = {
  id: newId(),
  name: 'Gate',
  recording: true,
  mode: { kind: 'continuous', week: [...fullWeek], preRollMs: 5_000, postRollMs: 15_000, manualUntilMs: 7 },
  createdMs: 1,
  retention: {},
  streamId: newId(),
  source: { kind: 'test-pattern' },
  state: { kind: 'off' },
};
const saver = { codec: 'h265', kilobits: 500 } as const;

describe('changesOf', () => {
  it('finds nothing where nothing was changed, also with recording by hand under way', () => {
    for (const each of [camera, { ...camera, saver }]) {
      expect(changesOf(recordingFormOf(each), recordingFormOf(each))).toEqual({ mode: false, saver: false });
    }
  });

  it('tells the mode and the saver apart', () => {
    const form = recordingFormOf(camera);
    expect(changesOf({ ...form, mode: { ...form.mode, kind: 'motion' } }, form)).toEqual({
      mode: true,
      saver: false,
    });
    expect(changesOf({ ...form, saves: true }, form)).toEqual({ mode: false, saver: true });
    // What is off may be turned at without consequence.
    expect(changesOf({ ...form, saver }, form)).toEqual({ mode: false, saver: false });
    const saving = recordingFormOf({ ...camera, saver });
    expect(changesOf({ ...saving, saves: false }, saving)).toEqual({ mode: false, saver: true });
  });
});

it('usesMotion looks at the week only where it is followed', () => {
  const { mode } = recordingFormOf(camera);
  const week = [...fullWeek.slice(1), 'm'.repeat(24)];
  expect(usesMotion({ ...mode, week })).toBe(false);
  expect(usesMotion({ ...mode, week, kind: 'schedule' })).toBe(true);
  expect(usesMotion({ ...mode, kind: 'schedule' })).toBe(false);
  expect(usesMotion({ ...mode, kind: 'motion' })).toBe(true);
});

it('withCurrent offers what stands now', () => {
  expect(withCurrent([5, 10], 7)).toEqual([5, 7, 10]);
  expect(withCurrent([5, 10], 10)).toEqual([5, 10]);
});
