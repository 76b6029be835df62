// Small pictures of the usual layouts, and the keys that choose them.
import { createLucideIcon, type LucideIcon } from 'lucide-react';
import { type Layout, layouts, shapeOf } from './wall-shape.ts';

/** Lucide's icons are drawn on 24 units with a margin of 3. */
const side = 18;
const margin = 3;

function iconOf(layout: Layout): LucideIcon {
  const { columns, rows, places } = shapeOf(layout);
  const gap = columns > 3 ? 1 : 1.6;
  const length = (share: number, of: number) => (share * (side + gap)) / of;
  return createLucideIcon(
    `wall-${layout}`,
    places.map(({ x, y, w, h }, index) => [
      'rect',
      {
        key: String(index),
        x: (margin + length(x, columns)).toFixed(2),
        y: (margin + length(y, rows)).toFixed(2),
        width: (length(w, columns) - gap).toFixed(2),
        height: (length(h, rows) - gap).toFixed(2),
        rx: columns > 3 ? '0.5' : '1',
        fill: 'currentColor',
        stroke: 'none',
      },
    ]),
  );
}

export const layoutIcons = Object.fromEntries(layouts.map((layout) => [layout, iconOf(layout)])) as Record<
  Layout,
  LucideIcon
>;

/** Two walls have more tiles than a digit says; they have the keys next to six. */
export const layoutKeys: Record<Layout, string> = { 1: '1', 4: '4', 6: '6', 9: '9', 16: '7', 25: '8' };
