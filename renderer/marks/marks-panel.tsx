// The panel beside the picture: every mark of the site, searched and filtered; a click plays from there.
import { BookmarkPlus, Bookmark as MarksIcon, SearchX, Tags } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mark } from '../../electron/contract/marks.ts';
import type { Command } from '../commands/command.ts';
import { KeyCaps } from '../commands/key-caps.tsx';
import { useCommands } from '../commands/registry.ts';
import { Button, IconButton } from '../controls/button.tsx';
import { Failed, Loading, Notice } from '../controls/notice.tsx';
import { SidePanel } from '../controls/side-panel.tsx';
import { isFullScreen, useFullScreen } from '../frame/full-screen.ts';
import { MarkFilterTools } from './mark-filters.tsx';
import { MarkItems } from './mark-items.tsx';
import { isFiltered, marksPanel, useMarksPanel } from './panel-state.ts';
import { TagsSheet } from './tags-sheet.tsx';
import { markKeys } from './use-mark-commands.ts';
import { useMarkSearch } from './use-mark-search.ts';

const panelKey = 'Shift+M';

interface MarksPanelProps {
  onPlay(mark: Mark): void;
}

/** Nothing while it is closed or a picture has the whole screen. Mounted once a screen. */
export function MarksPanel({ onPlay }: MarksPanelProps) {
  const { t } = useTranslation('marks');
  const isOpen = useMarksPanel((state) => state.isOpen);
  const isAlone = useFullScreen();
  const commands = useMemo(
    (): Command[] => [
      {
        ...{ id: 'marks.panel', label: t('panel'), group: 'general', keys: [panelKey] },
        ...{ icon: MarksIcon, perform: marksPanel.toggle, enabled: () => !isFullScreen() },
      },
    ],
    [t],
  );
  useCommands(commands);
  return isOpen && !isAlone ? <OpenPanel onPlay={onPlay} /> : null;
}

/** Opens and closes the panel from a screen's header. */
export function MarksPanelButton() {
  const { t } = useTranslation('marks');
  const isOpen = useMarksPanel((state) => state.isOpen);
  return (
    <IconButton
      icon={MarksIcon}
      label={t('panel')}
      keys={panelKey}
      isActive={isOpen}
      onPress={marksPanel.toggle}
    />
  );
}

function OpenPanel({ onPlay }: MarksPanelProps) {
  const { t } = useTranslation('marks');
  const [tagsOpen, setTagsOpen] = useState(false);
  return (
    <SidePanel
      title={t('title')}
      closeLabel={t('close')}
      tools={<IconButton icon={Tags} label={t('list.manageTags')} onPress={() => setTagsOpen(true)} />}
      onClose={marksPanel.close}
    >
      <MarkFilterTools />
      <Found onPlay={onPlay} />
      <TagsSheet isOpen={tagsOpen} onOpenChange={setTagsOpen} />
    </SidePanel>
  );
}

function Found({ onPlay }: MarksPanelProps) {
  const { t } = useTranslation('marks');
  const filters = useMarksPanel((state) => state.filters);
  const search = useMarkSearch(filters);
  const marks = search.data;
  if (search.isPending) return <Loading />;
  // A list that failed to grow keeps what it has.
  if (marks === undefined) return <Failed error={search.error} onRetry={() => void search.refetch()} />;
  if (marks.length === 0) return isFiltered(filters) ? <NothingFound /> : <NoMarks />;
  return (
    <div className="relative min-h-0 flex-1 overflow-auto">
      <MarkItems marks={marks} onPlay={onPlay} />
      {search.hasNextPage && (
        <div className="p-2 text-center">
          <Button
            look="plain"
            isPending={search.isFetchingNextPage}
            onPress={() => void search.fetchNextPage()}
          >
            {t('list.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

function NothingFound() {
  const { t } = useTranslation('marks');
  return (
    <Notice
      icon={SearchX}
      title={t('list.nothing')}
      actions={<Button onPress={marksPanel.reset}>{t('search.reset')}</Button>}
    >
      {t('list.nothingHint')}
    </Notice>
  );
}

function NoMarks() {
  const { t } = useTranslation('marks');
  const [before = '', after = ''] = t('list.emptyHint', { key: '\n' }).split('\n');
  return (
    <Notice icon={BookmarkPlus} title={t('list.empty')}>
      {before}
      <KeyCaps keys={markKeys.mark} />
      {after}
    </Notice>
  );
}
