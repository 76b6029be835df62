// The tag catalogue: tags by category; supervisors rename, recolour and remove them.
import { Pencil, Tags, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tag } from '../../electron/contract/marks.ts';
import { IconButton } from '../controls/button.tsx';
import { Question, Sheet } from '../controls/dialog.tsx';
import { refusalWords } from '../controls/refusal-words.ts';
import { remark } from '../controls/remark.tsx';
import { station } from '../station/client.ts';
import { TagDot } from './tag-chip.tsx';
import { TagForm } from './tag-form.tsx';
import { useRights, useTags } from './use-tags.ts';

interface TagsSheetProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function TagsSheet(props: TagsSheetProps) {
  const { t } = useTranslation('marks');
  const tags = useTags();
  const { mayManageTags, mayMark } = useRights();
  const byCategory = [...Map.groupBy(tags, ({ category }) => category)];
  return (
    <Sheet {...props} title={t('tags.title')} icon={Tags}>
      {mayMark && <TagForm key={tags.length} />}
      {!mayManageTags && <p className="mt-3 text-xs text-ink-faint">{t('tags.readOnly')}</p>}
      {tags.length === 0 && (
        <div className="py-8 text-center">
          <p className="font-medium">{t('tags.none')}</p>
          <p className="mx-auto mt-1 max-w-sm text-sm text-ink-soft">{t('tags.noneHint')}</p>
        </div>
      )}
      {byCategory.map(([category, list]) => (
        <section key={category} className="mt-5">
          <h3 className="mb-1 text-xs font-semibold tracking-wide text-ink-faint uppercase">
            {category === '' ? t('tags.uncategorised') : category}
          </h3>
          <ul className="divide-y divide-line">
            {list.map((tag) => (
              <TagRow key={tag.id} tag={tag} mayManage={mayManageTags} />
            ))}
          </ul>
        </section>
      ))}
    </Sheet>
  );
}

function TagRow({ tag, mayManage }: { readonly tag: Tag; readonly mayManage: boolean }) {
  const { t } = useTranslation('marks');
  const [isChanging, setChanging] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const remove = async () => {
    setAsking(false);
    try {
      await station.tags.remove({ tagId: tag.id });
    } catch (error) {
      remark({ text: refusalWords(error) });
    }
  };
  if (isChanging) {
    return (
      <li className="py-3">
        <TagForm tag={tag} onDone={() => setChanging(false)} />
      </li>
    );
  }
  return (
    <li className="flex h-11 items-center gap-3 text-sm">
      <TagDot colour={tag.colour} />
      <span className="min-w-0 flex-1 truncate">{tag.name}</span>
      {mayManage && (
        <>
          <IconButton
            icon={Pencil}
            label={t('tags.change', { name: tag.name })}
            onPress={() => setChanging(true)}
          />
          <IconButton
            icon={Trash2}
            label={t('tags.remove', { name: tag.name })}
            onPress={() => setAsking(true)}
          />
        </>
      )}
      <Question
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={t('tags.removeTitle', { name: tag.name })}
        deed={t('tags.remove', { name: tag.name })}
        cancel={t('tags.cancel')}
        onConfirm={() => void remove()}
      >
        {t('tags.removeWarning')}
      </Question>
    </li>
  );
}
