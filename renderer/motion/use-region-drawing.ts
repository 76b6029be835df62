// The pointer on a picture: drags out a rectangle, sets the corners of a polygon, drags a region or one of its corners.

import { type PointerEvent, type RefObject, useRef, useState } from 'react';
import { cornersLimit } from '../../electron/contract/motion.ts';
import type { Corner } from '../controls/picture-area.ts';
import type { Pen } from './motion-search.ts';
import { drawnPolygon, drawnRectangle, moved, type Region, withCorner } from './region.ts';

/** What a stroke does, from where and on which region it began. */
type Stroke =
  | { readonly kind: 'draw'; readonly from: Corner }
  | { readonly kind: 'move'; readonly from: Corner; readonly region: Region }
  | { readonly kind: 'corner'; readonly at: number; readonly region: Region };

interface Drawing {
  readonly picture: RefObject<HTMLElement | null>;
  readonly pen: Pen;
  readonly region: Region | undefined;
  onDraw(region: Region): void;
}

export function useRegionDrawing({ picture, pen, region, onDraw }: Drawing) {
  const stroke = useRef<Stroke>(undefined);
  /** The corners of what is being drawn and is no region yet; with a polygon the last one is under the pointer. */
  const [draft, setDraft] = useState<readonly Corner[]>([]);

  const at = ({ clientX, clientY }: PointerEvent): Corner => {
    const box = picture.current?.getBoundingClientRect();
    if (box === undefined) return { x: 0, y: 0 };
    return { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
  };
  const begin = (event: PointerEvent, next: Stroke) => {
    // Wherever the pointer goes, the picture hears of it.
    picture.current?.setPointerCapture(event.pointerId);
    event.stopPropagation();
    stroke.current = next;
  };
  const setCorner = (corner: Corner) => {
    const set = draft.length === 0 ? [corner] : draft.slice(0, -1).concat(corner);
    if (set.length < cornersLimit) setDraft([...set, corner]);
    else close(set);
  };
  const close = (corners: readonly Corner[]) => {
    const drawn = drawnPolygon(corners);
    setDraft([]);
    if (drawn !== undefined) onDraw(drawn);
  };
  return {
    draft,
    onGround: (event: PointerEvent) => {
      if (event.button !== 0) return;
      if (pen === 'polygon') setCorner(at(event));
      else begin(event, { kind: 'draw', from: at(event) });
    },
    onRegion: (event: PointerEvent) => {
      if (event.button !== 0 || region === undefined || draft.length > 0) return;
      begin(event, { kind: 'move', from: at(event), region });
    },
    onCorner: (event: PointerEvent, corner: number) => {
      if (event.button === 0 && region !== undefined) begin(event, { kind: 'corner', at: corner, region });
    },
    onMove: (event: PointerEvent) => {
      const to = at(event);
      const current = stroke.current;
      if (current === undefined) {
        if (draft.length > 0) setDraft([...draft.slice(0, -1), to]);
      } else if (current.kind === 'draw') setDraft(drawnRectangle(current.from, to)?.corners ?? []);
      else if (current.kind === 'move') {
        onDraw(moved(current.region, { x: to.x - current.from.x, y: to.y - current.from.y }));
      } else onDraw(withCorner(current.region, current.at, to));
    },
    onEnd: (event: PointerEvent) => {
      const current = stroke.current;
      stroke.current = undefined;
      if (current?.kind !== 'draw') return;
      const drawn = drawnRectangle(current.from, at(event));
      setDraft([]);
      if (drawn !== undefined) onDraw(drawn);
    },
    /** A double click has set its corner twice already; the last of the draft is the pointer's. */
    onDouble: () => close(draft.slice(0, -2)),
    onCancel: () => {
      stroke.current = undefined;
      setDraft([]);
    },
  };
}
