// Dragging cameras onto the wall and tiles from place to place, in the browser's own drag and drop.
import type { DragEvent } from 'react';
import { type CameraId, isId } from '../../recorder/model/ids.ts';

const types = { camera: 'application/x-lookout-camera', tile: 'application/x-lookout-tile' } as const;

export type Dragged =
  | { readonly kind: 'camera'; readonly cameraId: CameraId }
  | { readonly kind: 'tile'; readonly slot: number };

export function startDrag({ dataTransfer }: DragEvent, dragged: Dragged): void {
  dataTransfer.effectAllowed = 'move';
  dataTransfer.setData(
    types[dragged.kind],
    dragged.kind === 'tile' ? String(dragged.slot) : dragged.cameraId,
  );
}

/** True for a drag of ours; until the drop only its type may be read. */
export function isOurs({ dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.some((type) => type === types.camera || type === types.tile);
}

/** Says that it may be dropped here. */
export function allowDrop(event: DragEvent): void {
  if (!isOurs(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'move';
}

export function readDrag({ dataTransfer }: DragEvent): Dragged | undefined {
  const cameraId = dataTransfer.getData(types.camera);
  if (isId(cameraId)) return { kind: 'camera', cameraId: cameraId as CameraId };
  const slot = dataTransfer.getData(types.tile);
  return /^\d{1,3}$/.test(slot) ? { kind: 'tile', slot: Number(slot) } : undefined;
}
