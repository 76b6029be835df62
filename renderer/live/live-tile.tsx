// A camera on the wall: its picture, its name, and what may be claimed about it.
import { memo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { MotionBorder } from './motion-border.tsx';
import { useStatusWords } from './status-words.ts';
import { TileCaption } from './tile-caption.tsx';
import { TileCover } from './tile-cover.tsx';
import { TileDetails } from './tile-details.tsx';
import { startDrag } from './tile-drag.ts';
import { TilePicture } from './tile-picture.tsx';
import { TileReplay } from './tile-replay.tsx';
import type { TileStatus } from './tile-status.ts';
import { TileTools } from './tile-tools.tsx';
import { useListening } from './use-listening.ts';
import { useReplay, useReturnToLive } from './use-replay.ts';
import { useStage } from './use-stage.ts';
import { useStreams } from './use-streams.ts';
import { useTileFocus } from './use-tile-focus.ts';
import { useWall, wall } from './wall.ts';

/** Over everything in the tile: an outline would be drawn under its picture. */
export const tileFocus =
  'outline-none after:pointer-events-none after:absolute after:inset-0 after:z-30 focus-visible:after:ring-2 after:ring-accent-text after:ring-inset';

interface LiveTileProps {
  readonly camera: Camera;
  readonly slot: number;
  readonly isHotspot: boolean;
  readonly isEnlarged: boolean;
  /** One tile of the wall is reached with Tab, the others from there with the arrow keys. */
  readonly isTabStop: boolean;
}

/** Where nothing arrives there is nothing to measure. */
const hasFigures: Record<TileStatus['kind'], boolean> = {
  live: true,
  frozen: true,
  undecodable: true,
  broken: true,
  connecting: false,
  off: false,
  'no-signal': false,
  disconnected: false,
};

export const LiveTile = memo(function LiveTile(props: LiveTileProps) {
  const { camera, slot, isHotspot, isEnlarged, isTabStop } = props;
  const { t } = useTranslation('live');
  const tile = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const replay = useReplay(camera.streamId);
  const streams = useStreams(camera, tile, isEnlarged);
  const { feed, status } = useStage(place, {
    ...streams,
    slot,
    isLive: replay.needsLive,
  });
  useReturnToLive(replay, status.kind);
  useListening(camera.streamId, feed);
  const showsDetails = useWall((state) => state.showsDetails);
  const isZoomed = useWall((state) => state.zooms.has(camera.streamId));
  const words = useStatusWords(status);
  const [isPointedAt, setPointedAt] = useState(false);
  const { isFocused, ...focus } = useTileFocus(camera, isHotspot);
  const isReplay = replay.fromMs !== undefined;
  return (
    <div
      ref={tile}
      role="group"
      tabIndex={isTabStop ? 0 : -1}
      aria-label={t('tile', { camera: camera.name, state: isReplay ? t('replay.state') : words.title })}
      data-tile={camera.streamId}
      data-slot={slot}
      data-status={isReplay ? 'replay' : status.kind}
      draggable={!isZoomed && !isReplay}
      onDragStart={(event) => startDrag(event, { kind: 'tile', slot })}
      onDoubleClick={() => wall.toggleEnlarged(camera.streamId)}
      {...focus}
      onPointerEnter={() => setPointedAt(true)}
      onPointerLeave={() => setPointedAt(false)}
      className={`@container relative size-full overflow-hidden bg-glass text-on-glass ${tileFocus}`}
    >
      <TilePicture streamId={camera.streamId} place={place} />
      {replay.mounted !== undefined && (
        <TileReplay
          key={replay.mounted}
          camera={camera}
          slot={slot}
          fromMs={replay.mounted}
          onShown={replay.onShown}
          isOver={!isReplay}
        />
      )}
      {!isReplay && replay.mounted === undefined && <TileCover status={status} words={words} />}
      {!isReplay && <MotionBorder streamId={camera.streamId} />}
      {showsDetails && !isReplay && feed !== undefined && hasFigures[status.kind] && (
        <TileDetails feed={feed} />
      )}
      {/* One row: the name gives way to the buttons, never the other way round. */}
      <div className="pointer-events-none absolute inset-x-2 bottom-2 z-20 flex items-end gap-2">
        <TileCaption camera={camera} status={status} isHotspot={isHotspot} isReplay={isReplay} />
        {(isPointedAt || isFocused) && !isReplay && (
          <TileTools camera={camera} slot={slot} feed={feed} isEnlarged={isEnlarged} />
        )}
      </div>
    </div>
  );
});
