// Which windows the desk had and where they stood, kept in a file beside the window's profile, so that a restart brings them back.

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';

/** More windows than one machine has monitors for. */
export const windowsLimit = 8;

const pixels = z.number().int().min(-100_000).max(100_000);
const Bounds = z.object({ x: pixels, y: pixels, width: pixels.min(1), height: pixels.min(1) });
export type Bounds = z.infer<typeof Bounds>;

const RememberedWindow = z.object({
  /** Its number among the windows of the desk; the station keeps what its wall shows under it. */
  seat: z.number().int().min(1).max(32),
  bounds: Bounds.optional(),
  isMaximized: z.boolean().default(false),
  isFullScreen: z.boolean().default(false),
});
export type RememberedWindow = z.infer<typeof RememberedWindow>;

const first: RememberedWindow = { seat: 1, isMaximized: false, isFullScreen: false };

/** Never throws; what cannot be read is as if there had been one window. Never empty, no number twice. */
export function readWindows(file: string): RememberedWindow[] {
  try {
    const stored = z
      .array(RememberedWindow)
      .min(1)
      .parse(JSON.parse(readFileSync(file, 'utf8')));
    const bySeat = new Map(stored.map((window) => [window.seat, window]));
    return [...bySeat.values()].slice(0, windowsLimit);
  } catch {
    return [first];
  }
}

/** A disk that refuses it costs the operator a window that has to be opened anew. */
export function writeWindows(file: string, windows: readonly RememberedWindow[]): void {
  try {
    writeFileSync(`${file}.part`, JSON.stringify(windows), { mode: 0o600 });
    renameSync(`${file}.part`, file);
  } catch {
    // There is nobody to tell while windows close.
  }
}

export function freeSeat(taken: readonly number[]): number {
  let seat = 1;
  while (taken.includes(seat)) seat += 1;
  return seat;
}

/** Enough of a window's upper edge to take hold of it. */
const gripPx = { width: 100, height: 30 };

/** The bounds, unless the monitor they are on is gone: then a window would open where nobody sees it. */
export function reachable(bounds: Bounds | undefined, workAreas: readonly Bounds[]): Bounds | undefined {
  if (bounds === undefined) return undefined;
  const isOn = ({ x, y, width, height }: Bounds) =>
    Math.min(bounds.x + bounds.width, x + width) - Math.max(bounds.x, x) >= gripPx.width &&
    bounds.y >= y - gripPx.height &&
    bounds.y + gripPx.height <= y + height;
  return workAreas.some(isOn) ? bounds : undefined;
}
