// The pointer on the picture of the mask editor: draws a rectangle on free ground, drags a mask or one of its corners.
import { type PointerEvent, type RefObject, useRef, useState } from 'react';
import { type Area, type Corner, drawnRectangle, moved, withCorner } from '../controls/picture-area.ts';

/** What a stroke of the pointer does, from where and on which masks it began. */
type Stroke =
  | { readonly kind: 'draw'; readonly from: Corner }
  | { readonly kind: 'shift'; readonly from: Corner; readonly at: number; readonly mask: Area }
  | { readonly kind: 'corner'; readonly at: number; readonly corner: number };

interface Drawing {
  readonly picture: RefObject<HTMLElement | null>;
  readonly masks: readonly Area[];
  readonly mayAdd: boolean;
  onChange(masks: Area[]): void;
  onSelect(at: number): void;
}

export function useMaskDrawing({ picture, masks, mayAdd, onChange, onSelect }: Drawing) {
  const stroke = useRef<Stroke>(undefined);
  /** What is being drawn, before it is a mask. */
  const [drawn, setDrawn] = useState<Area>();

  const pointOf = (event: PointerEvent): Corner => {
    const box = picture.current?.getBoundingClientRect();
    if (box === undefined) return { x: 0, y: 0 };
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  };
  const begin = (event: PointerEvent, next: Stroke) => {
    if (event.button !== 0) return;
    // Whatever lies under the pointer on its way, the picture hears of it.
    picture.current?.setPointerCapture(event.pointerId);
    event.stopPropagation();
    stroke.current = next;
  };
  return {
    drawn,
    onGround: (event: PointerEvent) => {
      if (mayAdd) begin(event, { kind: 'draw', from: pointOf(event) });
    },
    onMask: (event: PointerEvent, at: number) => {
      const mask = masks[at];
      if (mask === undefined) return;
      onSelect(at);
      begin(event, { kind: 'shift', from: pointOf(event), at, mask });
    },
    onCorner: (event: PointerEvent, at: number, corner: number) =>
      begin(event, { kind: 'corner', at, corner }),
    onMove: (event: PointerEvent) => {
      const current = stroke.current;
      if (current === undefined) return;
      const to = pointOf(event);
      if (current.kind === 'draw') setDrawn(drawnRectangle(current.from, to));
      else if (current.kind === 'shift') {
        const { at, mask, from } = current;
        onChange(masks.with(at, moved(mask, { x: to.x - from.x, y: to.y - from.y })));
      } else {
        const mask = masks[current.at];
        if (mask !== undefined) onChange(masks.with(current.at, withCorner(mask, current.corner, to)));
      }
    },
    onEnd: () => {
      stroke.current = undefined;
      if (drawn === undefined) return;
      setDrawn(undefined);
      onSelect(masks.length);
      onChange([...masks, drawn]);
    },
  };
}
