// The mark dialog is closed by the draft it is open on.
import { expect, it } from 'vitest';
import { type CameraId, newId } from '../../recorder/model/ids.ts';
import { closeMarkDialog, type MarkDraft, openMarkDialog, useMarkDraft } from './mark-draft.ts';

it('stays open on the next moment when the one before is saved late', () => {
  const draft = (startMs: number): MarkDraft => ({
    ...{ kind: 'new', cameraId: newId<CameraId>(), cameraName: 'Gate' },
    startMs,
  });
  const [before, next] = [draft(1_000), draft(2_000)];
  openMarkDialog(before);
  closeMarkDialog(before);
  expect(useMarkDraft.getState().draft).toBeUndefined();
  openMarkDialog(next);
  closeMarkDialog(before);
  expect(useMarkDraft.getState().draft).toBe(next);
});
