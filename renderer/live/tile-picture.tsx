// The picture of a tile with its digital zoom: the wheel enlarges what is under the pointer, dragging moves it.
import { type PointerEvent, type RefObject, useRef, type WheelEvent } from 'react';
import type { StreamId } from '../../recorder/model/ids.ts';
import { useWall, wall } from './wall.ts';
import { panned, wheelFactor, wholePicture, zoomedAt, zoomTransform } from './zoom.ts';

interface TilePictureProps {
  readonly streamId: StreamId;
  /** Where the stage puts its pictures. */
  readonly place: RefObject<HTMLDivElement | null>;
}

export function TilePicture({ streamId, place }: TilePictureProps) {
  const zoom = useWall((state) => state.zooms.get(streamId)) ?? wholePicture;
  const frame = useRef<HTMLDivElement>(null);
  const isZoomed = zoom.scale > 1;

  const onWheel = (event: WheelEvent) => {
    const box = frame.current?.getBoundingClientRect();
    if (box === undefined || event.deltaY === 0) return;
    const x = (event.clientX - box.left) / box.width;
    const y = (event.clientY - box.top) / box.height;
    wall.zoom(streamId, zoomedAt(wall.zoomOf(streamId), wheelFactor(event.deltaY), x, y));
  };
  const onPointerMove = (event: PointerEvent) => {
    const box = frame.current;
    if (box === null || !box.hasPointerCapture(event.pointerId)) return;
    const moved = panned(
      wall.zoomOf(streamId),
      -event.movementX / box.clientWidth,
      -event.movementY / box.clientHeight,
    );
    wall.zoom(streamId, moved);
  };
  return (
    <div
      ref={frame}
      onWheel={onWheel}
      onPointerDown={(event) => {
        if (isZoomed && event.button === 0) frame.current?.setPointerCapture(event.pointerId);
      }}
      onPointerMove={onPointerMove}
      className={`absolute inset-0 isolate overflow-hidden ${isZoomed ? 'cursor-grab touch-none active:cursor-grabbing' : ''}`}
    >
      <div
        ref={place}
        className="absolute inset-0 origin-top-left"
        style={{ transform: zoomTransform(zoom) }}
      />
    </div>
  );
}
