// A tile without a picture: free for a camera, waiting for a selection, or its camera was removed.
import { Cctv, Crosshair, Plus, VideoOff } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { tileFocus } from './live-tile.tsx';
import { pickFor } from './picker.ts';
import { useWall } from './wall.ts';
import type { Slot } from './wall-view.ts';

interface EmptyTileProps {
  readonly slot: number;
  readonly content: Slot;
  readonly isTabStop: boolean;
}

const icons = { empty: Cctv, hotspot: Crosshair, camera: VideoOff } as const;

export function EmptyTile({ slot, content, isTabStop }: EmptyTileProps) {
  const { t } = useTranslation('live');
  // The frame of a tile that is being arranged says its name over it.
  const isArranging = useWall((state) => state.isArranging);
  const Icon = icons[content.kind];
  const followsMotion = content.kind === 'hotspot' && content.follows === 'motion';
  const hotspotWords = t(followsMotion ? 'hotspot.motionWaits' : 'hotspot.waits');
  const words = { empty: t('emptyTile'), hotspot: hotspotWords, camera: t('removed') }[content.kind];
  return (
    <div
      role="group"
      tabIndex={isTabStop ? 0 : -1}
      aria-label={words}
      data-slot={slot}
      className={`@container group relative flex size-full flex-col items-center justify-center gap-2 overflow-hidden bg-panel p-2 text-center text-sm text-ink-faint ${tileFocus}`}
    >
      {!isArranging && <Icon aria-hidden className="size-8 shrink-0 text-line-strong" />}
      {content.kind !== 'empty' && !isArranging && <p className="max-w-64">{words}</p>}
      <Button
        onPress={() => pickFor(slot)}
        className="flex h-8 cursor-default items-center gap-1.5 rounded-lg px-3 opacity-0 transition-opacity duration-100 group-focus-within:opacity-100 group-hover:opacity-100 hovered:bg-hover hovered:text-ink focus-visible:opacity-100 @max-[9rem]:hidden"
      >
        <Plus aria-hidden className="size-4" />
        {t('pickCamera')}
      </Button>
    </div>
  );
}
