// The picture in the card under the pointer: the nearest to the moment, with its own time on it.

import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { Labels } from './labels.ts';
import type { Range } from './ranges.ts';
import type { Thumbnails } from './thumbnails.ts';

/** The first picture of a run may begin by the rounding of its times before the run does. */
const roundedMs = 100;

interface ThumbnailPictureProps {
  readonly thumbnails: Thumbnails;
  readonly ms: EpochMs;
  /** The footage the moment lies in: a picture from beyond a gap is none of it. */
  readonly run: Range;
  readonly labels: Labels;
}

export function ThumbnailPicture({ thumbnails, ms, run, labels }: ThumbnailPictureProps) {
  const { t } = useTranslation('timeline');
  useEffect(() => thumbnails.look(ms), [thumbnails, ms]);
  useEffect(() => () => thumbnails.look(undefined), [thumbnails]);
  const subscribe = useCallback((changed: () => void) => thumbnails.subscribe(changed), [thumbnails]);
  const found = useSyncExternalStore(subscribe, () => thumbnails.at(ms));
  const fits =
    found.kind === 'picture' && found.atMs >= run.startMs - roundedMs && found.atMs <= run.endMs + roundedMs;
  return (
    <div className="relative mx-auto mb-2 aspect-video w-60 overflow-hidden rounded-md bg-glass">
      {fits && (
        <>
          <img
            // A new element for each picture: an old one is never seen while the new one is decoded.
            key={found.url}
            src={found.url}
            alt=""
            decoding="sync"
            data-thumbnail-ms={found.atMs}
            className="absolute inset-0 size-full object-contain"
          />
          <span className="absolute right-1 bottom-1 rounded bg-black/75 px-1.5 py-0.5 text-xs text-on-glass">
            {labels.exactClock(found.atMs)}
          </span>
        </>
      )}
      {!fits && found.kind !== 'loading' && (
        <span className="absolute inset-0 grid place-items-center text-xs text-on-glass-soft">
          {t('noPicture')}
        </span>
      )}
    </div>
  );
}
