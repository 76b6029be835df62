// The panel beside a picture: draw where something moved, see when it did, play it.

import { Eraser, Footprints, ScanSearch, Search, Spline, SquareDashed } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MotionHit } from '../../electron/contract/motion.ts';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { Button, IconButton } from '../controls/button.tsx';
import { Choice, Choices } from '../controls/choices.tsx';
import { Failed, Loading, Notice } from '../controls/notice.tsx';
import { SidePanel } from '../controls/side-panel.tsx';
import { useFullScreen } from '../frame/full-screen.ts';
import { labels } from '../playback/zone.ts';
import type { PlayedCamera } from '../station/played-camera.ts';
import { type Range, rangesOf } from '../timeline/ranges.ts';
import type { Viewport } from '../timeline/viewport.ts';
import { HitList } from './hit-list.tsx';
import { motionSearch, panelKey, useMotionSearch, useRegion } from './motion-search.ts';
import { middleRegion, type Region, wholePicture } from './region.ts';
import { dayOf, type Span, viewRange } from './search-range.ts';
import { useMotionHits } from './use-motion-hits.ts';

interface MotionPanelProps {
  readonly camera: PlayedCamera;
  /** A moment of the day that is played. */
  readonly dayMs: EpochMs;
  /** What the timeline shows. */
  readonly view: Viewport;
  onPlay(ms: EpochMs): void;
}

/** Nothing while it is closed or a picture has the whole screen. Mounted once a screen. */
export function MotionPanel(props: MotionPanelProps) {
  const { t } = useTranslation('motion');
  const isOpen = useMotionSearch((state) => state.isOpen);
  const isFullScreen = useFullScreen();
  const commands = useMemo(
    (): Command[] => [
      {
        ...{ id: 'motion.panel', label: t('panel'), group: 'playback', keys: [panelKey] },
        ...{ icon: Footprints, perform: motionSearch.toggle },
      },
    ],
    [t],
  );
  useCommands(commands);
  return isOpen && !isFullScreen ? <OpenPanel {...props} /> : null;
}

/** Opens and closes the panel from a screen's header. */
export function MotionPanelButton() {
  const { t } = useTranslation('motion');
  const isOpen = useMotionSearch((state) => state.isOpen);
  return (
    <IconButton
      icon={Footprints}
      label={t('panel')}
      keys={panelKey}
      isActive={isOpen}
      onPress={motionSearch.toggle}
    />
  );
}

function OpenPanel({ camera, dayMs, view, onPlay }: MotionPanelProps) {
  const { t } = useTranslation('motion');
  const region = useRegion(camera.id);
  const span = useMotionSearch((state) => state.span);
  const range = span === 'day' ? dayOf(dayMs, labels.time) : viewRange(view);
  return (
    <SidePanel title={t('title')} closeLabel={t('close')} onClose={motionSearch.close}>
      <Tools camera={camera} region={region} span={span} dayMs={dayMs} />
      {region === undefined ? (
        <HowToDraw camera={camera} />
      ) : (
        <Found camera={camera} region={region} range={range} span={span} onPlay={onPlay} />
      )}
    </SidePanel>
  );
}

interface ToolsProps {
  readonly camera: PlayedCamera;
  readonly region: Region | undefined;
  readonly span: Span;
  readonly dayMs: EpochMs;
}

function Tools({ camera, region, span, dayMs }: ToolsProps) {
  const { t } = useTranslation('motion');
  const pen = useMotionSearch((state) => state.pen);
  return (
    <div className="flex shrink-0 items-center gap-2 px-4 pt-1 pb-3">
      <Choices
        label={t('pen')}
        value={pen}
        onChange={(value) => motionSearch.take(value === 'polygon' ? 'polygon' : 'rectangle')}
      >
        <Choice value="rectangle" label={t('rectangle')} icon={SquareDashed} />
        <Choice value="polygon" label={t('polygon')} icon={Spline} />
      </Choices>
      <Choices
        label={t('span')}
        value={span}
        onChange={(value) => motionSearch.over(value === 'view' ? 'view' : 'day')}
      >
        <Choice value="day" label={labels.dayOfMonth(dayMs)} />
        <Choice value="view" label={t('view')} />
      </Choices>
      {region !== undefined && (
        <IconButton
          icon={Eraser}
          label={t('clear')}
          onPress={() => motionSearch.draw(camera.id, undefined)}
        />
      )}
    </div>
  );
}

function HowToDraw({ camera }: { readonly camera: PlayedCamera }) {
  const { t } = useTranslation('motion');
  const pen = useMotionSearch((state) => state.pen);
  return (
    <Notice
      icon={ScanSearch}
      title={t('draw')}
      actions={
        <>
          <Button onPress={() => motionSearch.draw(camera.id, middleRegion, true)}>{t('drawByKey')}</Button>
          <Button look="plain" onPress={() => motionSearch.draw(camera.id, wholePicture)}>
            {t('wholePicture')}
          </Button>
        </>
      }
    >
      {t(pen === 'polygon' ? 'drawPolygon' : 'drawRectangle')}
    </Notice>
  );
}

/** So much is played before the first keyframe with motion: what moves has come in by then. */
const leadMs = 1_000;

interface FoundProps {
  readonly camera: PlayedCamera;
  readonly region: Region;
  readonly range: Range;
  readonly span: Span;
  onPlay(ms: EpochMs): void;
}

function Found({ camera, region, range, span, onPlay }: FoundProps) {
  const { t } = useTranslation('motion');
  const search = useMotionHits({ streamId: camera.streamId, region, range });
  const hits = search.data;
  useShownOnTimeline(camera.streamId, hits);
  if (search.isPending) return <Loading />;
  // A list that failed to grow keeps what it has.
  if (hits === undefined) return <Failed error={search.error} onRetry={() => void search.refetch()} />;
  if (hits.length === 0) return <NothingMoved range={range} span={span} />;
  return (
    <>
      <p role="status" className="shrink-0 px-4 pb-2 text-xs text-ink-soft">
        {search.isPlaceholderData
          ? t('searching')
          : t(search.hasNextPage ? 'foundMore' : 'found', { count: hits.length })}
      </p>
      <HitList
        key={camera.streamId}
        streamId={camera.streamId}
        region={region}
        hits={hits}
        hasMore={search.hasNextPage}
        isFetchingMore={search.isFetchingNextPage}
        onMore={() => void search.fetchNextPage()}
        onPlay={({ startMs }: MotionHit) => onPlay(Math.max(range.startMs, startMs - leadMs))}
      />
      <p className="shrink-0 border-t border-line px-4 py-2 text-xs text-ink-faint">{t('hint')}</p>
    </>
  );
}

/** A hit is about a keyframe: that much of it is seen on a timeline. */
const leastHitMs = 1_000;

/** Lets the timeline show what was found for as long as the list of it is on screen. */
function useShownOnTimeline(streamId: StreamId, hits: readonly MotionHit[] | undefined): void {
  useEffect(() => {
    if (hits === undefined) return undefined;
    const ranges = hits.map(({ startMs, endMs }) => ({
      startMs,
      endMs: Math.max(endMs, startMs + leastHitMs),
    }));
    motionSearch.find({ streamId, hits: rangesOf(ranges) });
    return () => motionSearch.find(undefined);
  }, [streamId, hits]);
}

function NothingMoved({ range, span }: { readonly range: Range; readonly span: Span }) {
  const { t } = useTranslation('motion');
  return (
    <Notice icon={Search} title={t('nothing')}>
      <p>{span === 'day' ? t('nothingDay', { day: labels.day(range.startMs) }) : t('nothingView')}</p>
      {range.endMs > Date.now() && <p className="mt-2 text-xs text-ink-faint">{t('newest')}</p>}
    </Notice>
  );
}
