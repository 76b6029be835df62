// A thin row of footage and faults for each camera of a synchronised playback, on the timeline's own scale.

import { useEffect, useRef } from 'react';
import { eachMerged, type Ranges } from '../timeline/ranges.ts';
import { endMs, msPerPixel, type Viewport, xAt } from '../timeline/viewport.ts';
import type { FootageKeeper } from './footage-keeper.ts';

const rowPixels = 6;
const rowGapPixels = 2;

interface SyncRowsProps {
  readonly keepers: readonly FootageKeeper[];
  readonly view: Viewport;
}

export function SyncRows({ keepers, view }: SyncRowsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const height = keepers.length * (rowPixels + rowGapPixels);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    let frame: number | undefined;
    const draw = () => {
      frame ??= requestAnimationFrame(() => {
        frame = undefined;
        drawRows(element, keepers, view);
      });
    };
    draw();
    const stops = keepers.map((keeper) => keeper.store.subscribe(draw));
    return () => {
      for (const stop of stops) stop();
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
  }, [keepers, view]);
  return (
    <canvas ref={canvas} aria-hidden data-sync-rows className="mb-1.5 block w-full" style={{ height }} />
  );
}

function drawRows(canvas: HTMLCanvasElement, keepers: readonly FootageKeeper[], view: Viewport): void {
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  const scale = window.devicePixelRatio;
  canvas.width = Math.round(view.width * scale);
  canvas.height = Math.round(keepers.length * (rowPixels + rowGapPixels) * scale);
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  const style = getComputedStyle(canvas);
  const colour = (token: string) => style.getPropertyValue(token).trim();
  const inks = {
    track: colour('--color-raised'),
    footage: colour('--color-accent'),
    fault: colour('--color-warn-text'),
  };
  keepers.forEach((keeper, row) => {
    const { footage } = keeper.store.getState();
    const top = row * (rowPixels + rowGapPixels);
    const paint = (ranges: Ranges, ink: string, leastPixels: number) => {
      pen.fillStyle = ink;
      const window = { startMs: view.startMs, endMs: endMs(view) };
      eachMerged(ranges, window, msPerPixel(view) / 2, (fromMs, toMs) => {
        const left = xAt(view, fromMs);
        pen.fillRect(left, top, Math.max(leastPixels, xAt(view, toMs) - left), rowPixels);
      });
    };
    pen.fillStyle = inks.track;
    pen.fillRect(0, top, view.width, rowPixels);
    paint(footage.coverage, inks.footage, 0);
    paint(footage.faults, inks.fault, 1);
  });
}
