// Tools in the live screen's header: layout, pages, figures, and how many cameras are being recorded.
import { ChevronLeft, ChevronRight, Gauge, Grid2x2, Grid3x3, Maximize, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { IconButton } from '../controls/button.tsx';
import { Choice, Choices } from '../controls/choices.tsx';
import { toggleFullScreen } from '../frame/full-screen.ts';
import { MarksPanelButton } from '../marks/marks-panel.tsx';
import { useStationConnection } from '../station/connection.ts';
import { type Layout, layouts, useWall, wall } from './wall.ts';

export const layoutIcons = { 1: Square, 4: Grid2x2, 9: Grid3x3 } as const;

interface LiveToolsProps {
  readonly layout: Layout;
  readonly page: number;
  readonly pages: number;
  readonly cameras: readonly Camera[];
}

export function LiveTools({ layout, page, pages, cameras }: LiveToolsProps) {
  const { t } = useTranslation('live');
  const showsDetails = useWall((state) => state.showsDetails);
  return (
    <>
      <Choices
        label={t('layout')}
        value={String(layout)}
        onChange={(value) => wall.choose(Number(value) as Layout)}
      >
        {layouts.map((one) => (
          <Choice
            key={one}
            value={String(one)}
            label={t('layoutOf', { count: one })}
            keys={String(one)}
            icon={layoutIcons[one]}
          />
        ))}
      </Choices>
      {pages > 1 && <Pager page={page} pages={pages} />}
      <div className="flex-1" />
      <RecordingCount cameras={cameras} />
      <IconButton
        icon={Gauge}
        label={t('details.toggle')}
        keys="I"
        isActive={showsDetails}
        onPress={wall.toggleDetails}
      />
      <MarksPanelButton />
      <IconButton icon={Maximize} label={t('fullScreen')} keys="F" onPress={toggleFullScreen} />
    </>
  );
}

function Pager({ page, pages }: { readonly page: number; readonly pages: number }) {
  const { t } = useTranslation('live');
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
    </div>
  );
}

/** Counts what really records against what should: less is worth a look, so it is said in amber. */
function RecordingCount({ cameras }: { readonly cameras: readonly Camera[] }) {
  const { t } = useTranslation('live');
  const isConnected = useStationConnection((state) => state.connection.kind === 'connected');
  const isRecorded = ({ state }: Camera) => state.kind === 'running' && state.recording;
  const isIdle = ({ state }: Camera) => state.kind === 'running' && state.idle !== undefined;
  const recording = cameras.filter(isRecorded).length;
  // A camera that waits for movement or for its hour is as it should be.
  const wanted = cameras.filter(
    (camera) => isRecorded(camera) || (camera.recording && !isIdle(camera)),
  ).length;
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
