// The wall: tiles in rows and columns, moved through with the arrow keys.
import { Cctv } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { LiveTile } from './live-tile.tsx';
import type { Layout } from './wall.ts';

interface LiveGridProps {
  readonly cameras: readonly Camera[];
  readonly layout: Layout;
  readonly isEnlarged: boolean;
}

const arrangements: Record<Layout, string> = {
  1: 'grid-cols-1 grid-rows-1',
  4: 'grid-cols-2 grid-rows-2',
  9: 'grid-cols-3 grid-rows-3',
};

export function LiveGrid({ cameras, layout, isEnlarged }: LiveGridProps) {
  const { t } = useTranslation('live');
  const place = useRef<HTMLDivElement>(null);
  const columns = Math.sqrt(layout);
  const empty = Array.from({ length: Math.max(0, layout - cameras.length) }, (_, index) => index);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const tiles = [...(place.current?.querySelectorAll<HTMLElement>('[data-tile]') ?? [])];
    const here = tiles.findIndex((tile) => tile.contains(document.activeElement));
    const next = tiles[here + step];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <div
      ref={place}
      role="region"
      aria-label={t('wall')}
      onKeyDown={onKeyDown}
      className={`grid min-h-0 flex-1 gap-0.5 bg-ground ${arrangements[layout]}`}
    >
      {cameras.map((camera) => (
        <LiveTile key={camera.streamId} camera={camera} isEnlarged={isEnlarged} />
      ))}
      {empty.map((index) => (
        <div key={index} aria-hidden className="flex items-center justify-center bg-panel">
          <Cctv className="size-8 text-line-strong" />
        </div>
      ))}
    </div>
  );
}
