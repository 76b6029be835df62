// The frame around a tile that is being moved or resized by hand: its body moves it, its edges and corners resize it.
import { Move } from 'lucide-react';
import { type PointerEvent, type RefObject, useRef } from 'react';
import type { Rect, Shape } from './wall-shape.ts';

interface ArrangeFrameProps {
  /** Where the tile lies on the fine grid. */
  readonly rect: Rect;
  /** The fine grid. */
  readonly shape: Shape;
  readonly ground: RefObject<HTMLElement | null>;
  readonly name: string;
  onDraft(rect: Rect): void;
  /** Let go; undefined when it was cancelled or nothing changed. */
  onDone(rect: Rect | undefined): void;
}

/** Which sides of the rectangle follow the hand. */
interface Grip {
  readonly left?: true;
  readonly right?: true;
  readonly top?: true;
  readonly bottom?: true;
}

const grips: readonly { readonly grip: Grip; readonly className: string }[] = [
  { grip: { top: true }, className: 'inset-x-3 top-0 h-2.5 cursor-ns-resize' },
  { grip: { bottom: true }, className: 'inset-x-3 bottom-0 h-2.5 cursor-ns-resize' },
  { grip: { left: true }, className: 'inset-y-3 left-0 w-2.5 cursor-ew-resize' },
  { grip: { right: true }, className: 'inset-y-3 right-0 w-2.5 cursor-ew-resize' },
  { grip: { left: true, top: true }, className: 'top-0 left-0 size-4 cursor-nwse-resize' },
  { grip: { right: true, bottom: true }, className: 'right-0 bottom-0 size-4 cursor-nwse-resize' },
  { grip: { right: true, top: true }, className: 'top-0 right-0 size-4 cursor-nesw-resize' },
  { grip: { left: true, bottom: true }, className: 'bottom-0 left-0 size-4 cursor-nesw-resize' },
];

const body: Grip = { left: true, right: true, top: true, bottom: true };

function moved({ x, y, w, h }: Rect, { left, right, top, bottom }: Grip, dx: number, dy: number): Rect {
  const [x0, x1] = [left ? x + dx : x, right ? x + w + dx : x + w];
  const [y0, y1] = [top ? y + dy : y, bottom ? y + h + dy : y + h];
  return {
    x: Math.min(x0, x1 - 1),
    y: Math.min(y0, y1 - 1),
    w: Math.max(1, x1 - x0),
    h: Math.max(1, y1 - y0),
  };
}

interface Hold {
  readonly grip: Grip;
  readonly fromX: number;
  readonly fromY: number;
  readonly rect: Rect;
}

export function ArrangeFrame({ rect, shape, ground, name, onDraft, onDone }: ArrangeFrameProps) {
  const hold = useRef<Hold>(undefined);
  const latest = useRef<Rect>(undefined);

  const take = (grip: Grip) => (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    hold.current = { grip, fromX: event.clientX, fromY: event.clientY, rect };
    latest.current = undefined;
  };
  const move = (event: PointerEvent) => {
    const box = ground.current?.getBoundingClientRect();
    const held = hold.current;
    if (held === undefined || box === undefined) return;
    const dx = Math.round(((event.clientX - held.fromX) / box.width) * shape.columns);
    const dy = Math.round(((event.clientY - held.fromY) / box.height) * shape.rows);
    const next = moved(held.rect, held.grip, dx, dy);
    if (JSON.stringify(next) === JSON.stringify(latest.current ?? held.rect)) return;
    latest.current = next;
    onDraft(next);
  };
  const drop = (isKept: boolean) => () => {
    if (hold.current === undefined) return;
    hold.current = undefined;
    onDone(isKept ? latest.current : undefined);
  };
  const handlers = (grip: Grip) => ({
    onPointerDown: take(grip),
    onPointerMove: move,
    onPointerUp: drop(true),
    onPointerCancel: drop(false),
  });
  return (
    <div aria-hidden className="absolute inset-0 z-30 bg-black/30 ring-1 ring-white/40 ring-inset">
      <div
        {...handlers(body)}
        className="absolute inset-0 flex cursor-move touch-none items-center justify-center gap-2 text-sm text-on-glass"
      >
        <Move className="size-5 shrink-0 drop-shadow" />
        <span className="max-w-[60%] truncate drop-shadow">{name}</span>
      </div>
      {grips.map(({ grip, className }) => (
        <div
          key={className}
          {...handlers(grip)}
          className={`absolute touch-none hover:bg-accent-text/70 ${className}`}
        />
      ))}
    </div>
  );
}
