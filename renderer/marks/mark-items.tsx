// Marks in a list: arrow keys move, Enter plays, the tools of a mark lie to its right.
import { Pencil, Trash2 } from 'lucide-react';
import { Button, GridList, GridListItem } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Mark } from '../../electron/contract/marks.ts';
import { labels } from '../playback/zone.ts';
import { useCameras } from '../station/cameras.ts';
import { lengthOf } from '../timeline/labels.ts';
import { MarkShape } from '../timeline/mark-shape.tsx';
import { openMarkDialog } from './mark-draft.ts';
import { removeMark } from './save-mark.ts';
import { TagChip } from './tag-chip.tsx';
import { useRights } from './use-tags.ts';

interface MarkItemsProps {
  readonly marks: readonly Mark[];
  onPlay(mark: Mark): void;
}

export function MarkItems({ marks, onPlay }: MarkItemsProps) {
  const { t } = useTranslation('marks');
  const cameras = useCameras().data;
  const isRemoved = ({ cameraId }: Mark) =>
    cameras !== undefined && !cameras.some((camera) => camera.id === cameraId);
  return (
    <GridList
      aria-label={t('list.name')}
      items={marks}
      onAction={(id) => {
        const mark = marks.find((one) => one.id === id);
        if (mark !== undefined) onPlay(mark);
      }}
      className="outline-none"
    >
      {(mark) => (
        <GridListItem
          textValue={`${t(`kind.${mark.kind}`)}, ${labels.exactClock(mark.startMs)}, ${mark.cameraName}. ${mark.text}`}
          className="group relative flex cursor-default flex-col gap-1 border-b border-line px-4 py-2.5 -outline-offset-2 hover:bg-hover"
        >
          <Moment mark={mark} />
          <p className="truncate text-xs text-ink-faint">
            {mark.cameraName}
            {isRemoved(mark) && ` (${t('list.removedCamera')})`} · {labels.day(mark.startMs)} · {mark.author}
          </p>
          {mark.text !== '' && (
            <p className="line-clamp-3 text-sm break-words whitespace-pre-line text-ink-soft">{mark.text}</p>
          )}
          {mark.tags.length > 0 && (
            <p className="mt-0.5 flex flex-wrap gap-1">
              {mark.tags.map((tag) => (
                <TagChip key={tag.id} tag={tag} />
              ))}
            </p>
          )}
          <Tools mark={mark} />
        </GridListItem>
      )}
    </GridList>
  );
}

function Moment({ mark: { kind, startMs, endMs } }: { readonly mark: Mark }) {
  const { t } = useTranslation('marks');
  return (
    <p className="flex items-center gap-2 text-sm">
      <MarkShape kind={kind} />
      <span className="font-semibold">{labels.exactClock(startMs)}</span>
      {endMs !== undefined && <span className="text-xs text-ink-soft">{lengthOf(endMs - startMs)}</span>}
      <span className="text-xs text-ink-faint">{t(`kind.${kind}`)}</span>
    </p>
  );
}

const tool =
  'flex size-7 items-center justify-center rounded-md text-ink-soft hovered:bg-raised hovered:text-ink';

function Tools({ mark }: { readonly mark: Mark }) {
  const { t } = useTranslation('marks');
  const { mayChange } = useRights();
  if (!mayChange(mark)) return null;
  return (
    <div className="absolute top-1.5 right-2 flex rounded-md bg-hover opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
      <Button
        aria-label={t('list.change')}
        onPress={() => openMarkDialog({ kind: 'change', mark })}
        className={tool}
      >
        <Pencil aria-hidden className="size-3.5" />
      </Button>
      <Button aria-label={t('list.remove')} onPress={() => void removeMark(mark)} className={tool}>
        <Trash2 aria-hidden className="size-3.5" />
      </Button>
    </div>
  );
}
