// Tools in the live screen's header: layout, pages, figures, and how many cameras are being recorded.
import { ChevronLeft, ChevronRight, Gauge, List, Maximize, Pause, Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { recordedOf } from '../cameras/recorded.ts';
import { IconButton } from '../controls/button.tsx';
import { Choice, Choices } from '../controls/choices.tsx';
import { toggleFullScreen } from '../frame/full-screen.ts';
import { MarksPanelButton } from '../marks/marks-panel.tsx';
import { useStationConnection } from '../station/connection.ts';
import { layoutIcons, layoutKeys } from './layout-icons.ts';
import type { ShownPage } from './use-wall-page.ts';
import { ViewMenu } from './view-menu.tsx';
import { useWall, wall } from './wall.ts';
import { toggleList } from './wall-focus.ts';
import { wallKeys } from './wall-keys.ts';
import { type Layout, layouts } from './wall-shape.ts';

interface LiveToolsProps {
  readonly page: ShownPage;
  readonly cameras: readonly Camera[];
}

export function LiveTools({ page, cameras }: LiveToolsProps) {
  const { t } = useTranslation('live');
  const showsDetails = useWall((state) => state.showsDetails);
  const showsList = useWall((state) => state.showsList);
  return (
    <>
      <ViewMenu />
      <Choices
        label={t('layout')}
        value={String(page.layout ?? '')}
        onChange={(value) => wall.choose(Number(value) as Layout)}
      >
        {layouts.map((one) => (
          <Choice
            key={one}
            value={String(one)}
            label={t('layoutOf', { count: one })}
            keys={layoutKeys[one]}
            icon={layoutIcons[one]}
          />
        ))}
      </Choices>
      {page.pages > 1 && <Pager page={page.page} pages={page.pages} />}
      <div className="flex-1" />
      <RecordingCount cameras={cameras} />
      <div className="flex">
        <IconButton
          icon={List}
          label={t('list.toggle')}
          keys={wallKeys.list}
          isActive={showsList}
          onPress={toggleList}
        />
        <IconButton
          icon={Gauge}
          label={t('details.toggle')}
          keys={wallKeys.details}
          isActive={showsDetails}
          onPress={wall.toggleDetails}
        />
        <MarksPanelButton />
        <IconButton icon={Maximize} label={t('fullScreen')} keys="F" onPress={toggleFullScreen} />
      </div>
    </>
  );
}

function Pager({ page, pages }: { readonly page: number; readonly pages: number }) {
  const { t } = useTranslation('live');
  const isTouring = useWall((state) => state.isTouring);
  return (
    <div role="group" aria-label={t('pages')} className="flex items-center">
      <IconButton
        icon={ChevronLeft}
        label={t('previousPage')}
        keys="PageUp"
        isDisabled={page === 0}
        onPress={() => wall.turnTo(page - 1)}
      />
      <span className="min-w-12 text-center text-sm text-ink-soft">
        {page + 1} / {pages}
      </span>
      <IconButton
        icon={ChevronRight}
        label={t('nextPage')}
        keys="PageDown"
        isDisabled={page === pages - 1}
        onPress={() => wall.turnTo(page + 1)}
      />
      <IconButton
        icon={isTouring ? Pause : Play}
        label={t(isTouring ? 'tour.pause' : 'tour.start')}
        keys={wallKeys.tour}
        isActive={isTouring}
        onPress={wall.toggleTour}
      />
    </div>
  );
}

/** Counts what really records against what should: less is worth a look, so it is said in amber. */
function RecordingCount({ cameras }: { readonly cameras: readonly Camera[] }) {
  const { t } = useTranslation('live');
  const isConnected = useStationConnection((state) => state.connection.kind === 'connected');
  const each = cameras.map(recordedOf);
  const recording = each.filter((one) => one === 'recorded').length;
  const wanted = each.filter((one) => one !== 'resting').length;
  // What the station said before it fell silent is no claim about now.
  if (wanted === 0 || !isConnected) return null;
  return (
    <p
      className={`mr-2 flex items-center gap-2 text-sm ${recording < wanted ? 'text-warn-text' : 'text-ink-soft'}`}
    >
      <span
        aria-hidden
        className={`size-2.5 rounded-full ${recording > 0 ? 'bg-recording' : 'bg-line-strong'}`}
      />
      {recording < wanted
        ? t('recordingSome', { recording, wanted })
        : t('recordingAll', { count: recording })}
    </p>
  );
}
