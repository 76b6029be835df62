// The page of the wall that is shown, with the cameras that are in its tiles.
import { useEffect, useMemo } from 'react';
import type { Camera } from '../../electron/contract/shapes.ts';
import type { CameraId } from '../../recorder/model/ids.ts';
import { useMoving } from './follow-motion.ts';
import { useWall, wall } from './wall.ts';
import type { Rect } from './wall-shape.ts';
import { type Page, pageOf, type Slot } from './wall-view.ts';

/** A camera and the tile it is in: a hotspot may show one that has a tile of its own, too. */
export interface CameraTile {
  readonly slot: number;
  readonly camera: Camera;
}

export interface WallTile {
  /** The same for as long as the tile shows the same camera, wherever on the wall it lies. */
  readonly key: string;
  readonly slot: number;
  readonly rect: Rect;
  readonly content: Slot;
  /** What is in it now; undefined when it is empty or its camera was removed. */
  readonly camera: Camera | undefined;
}

export interface ShownPage extends Omit<Page, 'tiles'> {
  readonly cameras: readonly Camera[];
  /** The page as its view has it. */
  readonly whole: Page;
  readonly cameraIds: readonly CameraId[];
  /** What is on the screen: all tiles, or the enlarged one alone. */
  readonly tiles: readonly WallTile[];
  readonly enlarged: Camera | undefined;
}

export function cameraTiles({ tiles }: Pick<ShownPage, 'tiles'>): CameraTile[] {
  return tiles.flatMap(({ slot, camera }) => (camera === undefined ? [] : [{ slot, camera }]));
}

export function useWallPage(cameras: readonly Camera[]): ShownPage {
  const view = useWall((state) => state.view);
  const wanted = useWall((state) => state.page);
  const selected = useWall((state) => state.selected);
  const movedId = useMoving((state) => state.last);
  const enlargedId = useWall((state) => state.enlarged);
  const page = useMemo(() => {
    const cameraIds = cameras.map(({ id }) => id);
    const whole = pageOf(view, cameraIds, wanted);
    const moved = cameras.find(({ streamId }) => streamId === movedId)?.id;
    const byId = new Map(cameras.map((camera) => [camera.id, camera]));
    const tiles = whole.tiles.map(({ slot, rect, content }): WallTile => {
      const cameraId = content.kind === 'camera' ? content.cameraId : undefined;
      const followed =
        content.kind === 'hotspot' ? (content.follows === 'motion' ? moved : selected) : undefined;
      return {
        ...{ slot, rect, content },
        key: cameraId ?? `${content.kind} ${slot}`,
        camera: byId.get(cameraId ?? followed ?? ('' as CameraId)),
      };
    });
    const enlarged = cameras.find(({ streamId }) => streamId === enlargedId);
    const { columns, rows } = whole.shape;
    const over = tiles.find((tile) => tile.camera !== undefined && tile.camera === enlarged);
    return {
      ...whole,
      whole,
      ...{ cameras, cameraIds },
      enlarged: over === undefined ? undefined : enlarged,
      tiles: over === undefined ? tiles : [{ ...over, rect: { x: 0, y: 0, w: columns, h: rows } }],
    };
  }, [view, wanted, selected, movedId, enlargedId, cameras]);
  // What left the page is not found enlarged when it comes back.
  const isLost = enlargedId !== undefined && page.enlarged === undefined;
  useEffect(() => {
    if (isLost) wall.enlarge(undefined);
  }, [isLost]);
  return page;
}
