// Saves what the mark dialog holds and says so; takes a removed mark back.
import i18next from 'i18next';
import type { Mark } from '../../electron/contract/marks.ts';
import type { TagId } from '../../recorder/model/ids.ts';
import type { MarkKind } from '../../recorder/model/marks.ts';
import { refusalWords } from '../controls/refusal-words.ts';
import { remark } from '../controls/remark.tsx';
import { labels } from '../playback/zone.ts';
import { station } from '../station/client.ts';
import type { MarkDraft } from './mark-draft.ts';

interface MarkFields {
  readonly kind: MarkKind;
  readonly text: string;
  readonly tagIds: readonly TagId[];
}

const words = () => i18next.getFixedT(null, 'marks');
const timesOf = ({ startMs, endMs }: { startMs: number; endMs?: number | undefined }) =>
  endMs === undefined ? { startMs } : { startMs, endMs };

/** Rejects with what the station refused. */
export async function saveMark(draft: MarkDraft, fields: MarkFields): Promise<void> {
  const t = words();
  const value = { ...fields, tagIds: [...fields.tagIds] };
  if (draft.kind === 'change') {
    await station.marks.change({ ...value, ...timesOf(draft.mark), markId: draft.mark.id });
    remark({ text: t('changed') });
    return;
  }
  const { cameraId, startMs, onSaved } = draft;
  await station.marks.add({ ...value, ...timesOf(draft), cameraId });
  onSaved?.();
  remark({ text: t('saved', { kind: t(`kind.${fields.kind}`), time: labels.exactClock(startMs) }) });
}

/** Removes at once, and offers to take it back: nothing is asked before, nothing is lost by a slip. */
export async function removeMark(mark: Mark): Promise<void> {
  const t = words();
  try {
    await station.marks.remove({ markId: mark.id });
  } catch (error) {
    remark({ text: refusalWords(error) });
    return;
  }
  const { cameraId, kind, text, tags } = mark;
  const again = { cameraId, kind, text, tagIds: tags.map(({ id }) => id), ...timesOf(mark) };
  const takeBack = () =>
    void station.marks.add(again).catch((error: unknown) => remark({ text: refusalWords(error) }));
  remark({ text: t('removed'), action: { label: t('undo'), perform: takeBack } });
}
