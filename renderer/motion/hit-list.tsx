// What moved, in a list with thumbnails: arrow keys go from hit to hit, Enter plays.

import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { MotionHit } from '../../electron/contract/motion.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import { Button } from '../controls/button.tsx';
import { labels } from '../playback/zone.ts';
import { lengthOf } from '../timeline/labels.ts';
import { pointsOf, type Region } from './region.ts';
import { thumbnailMs } from './search-range.ts';

/** Rows drawn at a time; a busy day has thousands. */
const rowsAtATime = 100;

interface HitListProps {
  readonly streamId: StreamId;
  readonly region: Region;
  readonly hits: readonly MotionHit[];
  /** The station has more of them. */
  readonly hasMore: boolean;
  readonly isFetchingMore: boolean;
  onMore(): void;
  onPlay(hit: MotionHit): void;
}

export function HitList(props: HitListProps) {
  const { streamId, region, hits, hasMore, isFetchingMore, onMore, onPlay } = props;
  const { t } = useTranslation('motion');
  const [rows, setRows] = useState(rowsAtATime);
  const drawn = hits.slice(0, rows).map((hit) => ({ id: String(hit.startMs), hit }));
  const showMore = () => {
    setRows(rows + rowsAtATime);
    if (rows + rowsAtATime > hits.length && hasMore) onMore();
  };
  return (
    <div className="min-h-0 flex-1 overflow-auto border-t border-line">
      <GridList
        aria-label={t('hits')}
        items={drawn}
        onAction={(id) => {
          const found = hits.find(({ startMs }) => String(startMs) === id);
          if (found !== undefined) onPlay(found);
        }}
        className="outline-none"
      >
        {/* The list knows an item by the id it hands to the outermost element. */}
        {({ hit }) => (
          <GridListItem
            textValue={`${labels.exactClock(hit.startMs)}, ${t('strength', { percent: percentOf(hit) })}`}
            className="flex cursor-default items-center gap-3 border-b border-line px-4 py-2 -outline-offset-2 hover:bg-hover"
          >
            <Hit streamId={streamId} region={region} hit={hit} />
          </GridListItem>
        )}
      </GridList>
      {(hits.length > rows || hasMore) && (
        <div className="p-2 text-center">
          <Button look="plain" isPending={isFetchingMore} onPress={showMore}>
            {t('more')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** What moved at all is seen. */
const percentOf = ({ peakLevel }: MotionHit) => Math.max(1, Math.round(peakLevel * 100));

interface HitProps {
  readonly streamId: StreamId;
  readonly region: Region;
  readonly hit: MotionHit;
}

function Hit({ streamId, region, hit }: HitProps) {
  const { t } = useTranslation('motion');
  const { startMs, endMs } = hit;
  const percent = percentOf(hit);
  return (
    <>
      <Thumbnail streamId={streamId} ms={thumbnailMs(hit)} region={region} />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <span className="text-sm font-semibold">{labels.exactClock(startMs)}</span>
          {endMs > startMs && <span className="text-xs text-ink-soft">{lengthOf(endMs - startMs)}</span>}
        </p>
        <p className="sr-only">{t('strength', { percent })}</p>
        <div aria-hidden className="mt-2 flex items-center gap-2 text-xs text-ink-soft">
          <span className="h-1 flex-1 overflow-hidden rounded-full bg-hover">
            <span className="block h-full rounded-full bg-accent-text" style={{ width: `${percent}%` }} />
          </span>
          <span className="w-9 text-right">{percent} %</span>
        </div>
      </div>
    </>
  );
}

interface ThumbnailProps {
  readonly streamId: StreamId;
  readonly ms: number;
  readonly region: Region;
}

function Thumbnail({ streamId, ms, region }: ThumbnailProps) {
  const [isMissing, setMissing] = useState(false);
  return (
    <div className="relative flex aspect-video w-26 shrink-0 items-center justify-center overflow-hidden rounded bg-glass">
      {isMissing ? (
        <ImageOff aria-hidden className="size-4 text-on-glass-soft" />
      ) : (
        <div className="relative max-h-full max-w-full">
          {/* Its moment stands beside it in words. */}
          <img
            src={`/thumbnail/${streamId}/${Math.round(ms)}.jpg`}
            alt=""
            loading="lazy"
            decoding="async"
            draggable={false}
            onError={() => setMissing(true)}
            className="block max-h-[calc(6.5rem*9/16)] max-w-full"
          />
          <svg
            aria-hidden
            viewBox="0 0 1 1"
            preserveAspectRatio="none"
            className="absolute inset-0 size-full"
          >
            <polygon
              points={pointsOf(region.corners)}
              vectorEffect="non-scaling-stroke"
              className="fill-transparent stroke-on-glass/80"
            />
          </svg>
        </div>
      )}
    </div>
  );
}
