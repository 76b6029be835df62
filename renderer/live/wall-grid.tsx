// The wall: tiles on a grid, each kept as it is while it moves to another place.
import { type DragEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { ArrangeBar } from './arrange-bar.tsx';
import { ArrangeFrame } from './arrange-frame.tsx';
import { CameraPicker } from './camera-picker.tsx';
import { EmptyTile } from './empty-tile.tsx';
import { LiveTile } from './live-tile.tsx';
import { allowDrop, isOurs, readDrag } from './tile-drag.ts';
import type { ShownPage, WallTile } from './use-wall-page.ts';
import { useWall } from './wall.ts';
import { addTileAt, fill, placeOf, reshape, trade } from './wall-actions.ts';
import { useKeptFocus } from './wall-focus.ts';
import { type Rect, refined, replaced, type Shape } from './wall-shape.ts';

interface WallGridProps {
  readonly cameras: readonly Camera[];
  readonly page: ShownPage;
}

/** A tile as it would be if the hand let go now. */
interface Draft {
  readonly slot: number;
  readonly rect: Rect;
}

export function WallGrid({ cameras, page }: WallGridProps) {
  const { t } = useTranslation('live');
  const ground = useRef<HTMLDivElement>(null);
  const isArranging = useWall((state) => state.isArranging);
  const focused = useWall((state) => state.focused);
  const selected = useWall((state) => state.selected);
  const [draft, setDraft] = useDraft(isArranging);
  const { shape, tiles } = useMemo(() => drafted(page, draft), [page, draft]);
  const fine = useMemo(() => refined(page.shape), [page.shape]);
  const keptFocus = useKeptFocus(page);
  // Where the keyboard is, else where it was last, so that it comes back there.
  const tabStop =
    tiles.find(({ camera }) => camera && camera.streamId === focused) ??
    tiles.find(({ content }) => content.kind === 'camera' && content.cameraId === selected) ??
    tiles[0];

  const onDrop = (event: DragEvent) => {
    const dragged = readDrag(event);
    const box = ground.current?.getBoundingClientRect();
    if (dragged?.kind !== 'camera' || box === undefined) return;
    event.preventDefault();
    const { cameraId } = dragged;
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    addTileAt(page, x, y, { kind: 'camera', cameraId });
  };
  return (
    <div
      ref={ground}
      {...keptFocus}
      role="region"
      aria-label={t('wall')}
      onDragOver={allowDrop}
      onDrop={onDrop}
      className="relative min-h-0 min-w-0 flex-1 bg-ground"
    >
      {tiles.map((tile) => (
        <Place key={tile.key} rect={tile.rect} shape={shape}>
          <DropTarget page={page} slot={tile.slot}>
            <TileContent tile={tile} page={page} isTabStop={isArranging || tile === tabStop} />
          </DropTarget>
          {isArranging && (
            <ArrangeFrame
              rect={fine.places[placeOf(page, tile.slot)] ?? tile.rect}
              shape={fine}
              ground={ground}
              name={tile.camera?.name ?? t('emptyTile')}
              onDraft={(rect) => setDraft({ slot: tile.slot, rect })}
              onDone={(rect) => {
                setDraft(undefined);
                if (rect !== undefined) reshape(page, tile.slot, () => rect);
              }}
            />
          )}
        </Place>
      ))}
      {isArranging && <ArrangeBar page={page} />}
      <CameraPicker cameras={cameras} page={page} />
    </div>
  );
}

/** A hand that still holds a tile when arranging ends leaves it where it was. */
function useDraft(isArranging: boolean) {
  const [draft, setDraft] = useState<Draft>();
  if (!isArranging && draft !== undefined) setDraft(undefined);
  return [isArranging ? draft : undefined, setDraft] as const;
}

/** The tiles with the one in hand where it would come to lie, and the others where they would give way. */
function drafted(page: ShownPage, draft: Draft | undefined): { shape: Shape; tiles: readonly WallTile[] } {
  if (draft === undefined) return page;
  const { shape, from } = replaced(refined(page.shape), placeOf(page, draft.slot), draft.rect);
  const tiles = from.flatMap((at, index) => {
    const tile = page.tiles[at];
    const rect = shape.places[index];
    return tile === undefined || rect === undefined ? [] : [{ ...tile, rect }];
  });
  return { shape, tiles };
}

interface PlaceProps {
  readonly rect: Rect;
  readonly shape: Shape;
  readonly children: React.ReactNode;
}

function Place({ rect: { x, y, w, h }, shape: { columns, rows }, children }: PlaceProps) {
  const share = (cells: number, of: number) => `${(cells / of) * 100}%`;
  return (
    <div
      className="absolute p-px"
      style={{
        left: share(x, columns),
        top: share(y, rows),
        width: share(w, columns),
        height: share(h, rows),
      }}
    >
      <div className="relative size-full">{children}</div>
    </div>
  );
}

interface DropTargetProps {
  readonly page: ShownPage;
  readonly slot: number;
  readonly children: React.ReactNode;
}

/** Takes a camera from the list, or trades places with another tile. */
function DropTarget({ page, slot, children }: DropTargetProps) {
  const [isOver, setOver] = useState(false);
  const onDrop = (event: DragEvent) => {
    setOver(false);
    const dragged = readDrag(event);
    if (dragged === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (dragged.kind === 'tile') trade(page, dragged.slot, slot);
    else fill(page, slot, { kind: 'camera', cameraId: dragged.cameraId });
  };
  return (
    <div
      onDragEnter={(event) => setOver(isOurs(event))}
      onDragOver={allowDrop}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={onDrop}
      className="relative size-full"
    >
      {children}
      {isOver && (
        <div className="pointer-events-none absolute inset-0 z-30 bg-accent/20 ring-2 ring-accent-text ring-inset" />
      )}
    </div>
  );
}

interface TileContentProps {
  readonly tile: WallTile;
  readonly page: ShownPage;
  readonly isTabStop: boolean;
}

function TileContent({ tile, page, isTabStop }: TileContentProps) {
  const { camera, slot, content } = tile;
  if (camera === undefined) return <EmptyTile slot={slot} content={content} isTabStop={isTabStop} />;
  return (
    <LiveTile
      // Nothing of a camera that a hotspot leaves goes on under the name of the next.
      key={camera.id}
      camera={camera}
      slot={slot}
      isHotspot={content.kind === 'hotspot'}
      isEnlarged={page.enlarged !== undefined}
      isTabStop={isTabStop}
    />
  );
}
