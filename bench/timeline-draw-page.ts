// The page of the bench `timeline-draw`: the desk's own timeline with sixteen cameras of a made month, panned by a pointer.

import { createElement, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { dayMs } from '../recorder/model/clock.ts';
import { drawTimeline } from '../renderer/timeline/draw.ts';
import { footageOf } from '../renderer/timeline/footage.ts';
import { stripOf, tileBuckets, tilesFor } from '../renderer/timeline/heat.ts';
import { Labels } from '../renderer/timeline/labels.ts';
import { LocalTime } from '../renderer/timeline/local-time.ts';
import { nothingSelected } from '../renderer/timeline/marks.ts';
import { readLook } from '../renderer/timeline/painter.ts';
import { Timeline, type TimelineTrack } from '../renderer/timeline/timeline.tsx';
import type { Viewport } from '../renderer/timeline/viewport.ts';
import { setUpWords } from '../renderer/words/words.ts';
import '../renderer/theme.css';

const endMs = Date.UTC(2026, 9, 31);
const monthMs = 30 * dayMs;
const segmentMs = 60_000;
const labels = new Labels(new LocalTime('Europe/Berlin'), 'en-GB');
const playhead = { get: () => undefined, subscribe: () => () => undefined };
const nothing = () => undefined;

/** A month of segments of a minute, every fiftieth of them missing, and motion in half of all stretches. */
function madeTrack(camera: number, view: Viewport): TimelineTrack {
  const startMs = endMs - 2 * monthMs;
  const coverage = [];
  const gaps = [];
  for (let ms = startMs, index = camera; ms < endMs; ms += segmentMs, index += 1) {
    if (index % 50 === 0) gaps.push({ startMs: ms, endMs: ms + segmentMs, reason: 'unreachable' as const });
    else coverage.push({ startMs: ms, endMs: ms + segmentMs });
  }
  const tiles = tilesFor({ ...view, startMs, spanMs: endMs - startMs, width: 2 * view.width }, endMs);
  const heat = stripOf(
    tiles.map((tile, part) => ({
      ...tile,
      levels: Array.from(
        { length: tileBuckets },
        (_, at) => ((at * 7919 + part + camera * 31) % 200) - 100,
      ).map((level) => Math.max(0, level)),
    })),
  );
  return {
    name: `Camera ${camera + 1}`,
    footage: footageOf({ startMs, endMs, mergeMs: 0 }, { coverage, gaps }),
    heat,
  };
}

const firstView = (width: number): Viewport => ({ startMs: endMs - monthMs, spanMs: monthMs, width });
let tracks: readonly TimelineTrack[] = [];

function Desk() {
  const [view, setView] = useState(() => firstView(1_200));
  return createElement(Timeline, {
    ...{ label: 'Timeline', labels, view, tracks, chosen: 0, nowMs: endMs, playhead, selected: undefined },
    ...{ marks: [], selection: nothingSelected, onView: setView, onSeek: nothing, onSelect: nothing },
  });
}

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

/** Milliseconds of each drawing alone, as the painter does it, at moments of a pan. */
function drawings(count: number, width: number): number[] {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, 300];
  const pen = canvas.getContext('2d', { alpha: false });
  if (pen === null) throw new Error('this browser draws no canvas');
  const look = readLook(document.body);
  return Array.from({ length: count }, (_, index) => {
    const view = { ...firstView(width), startMs: endMs - monthMs - index * 3_600_000 };
    const began = performance.now();
    drawTimeline(pen, {
      ...{ view, tracks, labels, chosen: 0, nowMs: endMs, pixelRatio: 1, marks: [], ...look },
      ...{ playhead: undefined, hoverMs: undefined, selected: undefined, selection: nothingSelected },
    });
    return performance.now() - began;
  });
}

/** A hand that pans six pixels with every frame: from frame to frame, and what of it the page's own thread was busy. */
async function pan(frames: number): Promise<{ readonly frames: number[]; readonly busy: number[] }> {
  const canvas = document.querySelector('canvas');
  if (canvas === null) throw new Error('there is no timeline');
  const { left, top } = canvas.getBoundingClientRect();
  let x = left + 20;
  const send = (type: string) =>
    canvas.dispatchEvent(
      new PointerEvent(type, { pointerId: 1, clientX: x, clientY: top + 60, button: 0, bubbles: true }),
    );
  // No pointer of the system is down that could be captured.
  canvas.setPointerCapture = nothing;
  send('pointerdown');
  const [times, busy]: [number[], number[]] = [[], []];
  let before = await nextFrame();
  for (let index = 0; index < frames; index += 1) {
    x += index % 200 < 100 ? 6 : -6;
    send('pointermove');
    const began = await nextFrame();
    // After all of the frame's callbacks, its style, layout and recording of the canvas.
    const done = new Promise<number>((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.now());
      channel.port2.postMessage(undefined);
    });
    busy.push((await done) - began);
    times.push(began - before);
    before = began;
  }
  send('pointerup');
  return { frames: times, busy };
}

export interface DrawBench {
  drawings(count: number, width: number): number[];
  pan(frames: number): Promise<{ readonly frames: number[]; readonly busy: number[] }>;
}

setUpWords();
tracks = Array.from({ length: 16 }, (_, camera) => madeTrack(camera, firstView(1_200)));
const place = document.body.appendChild(document.createElement('div'));
createRoot(place).render(createElement(Desk));
(globalThis as { drawBench?: DrawBench }).drawBench = { drawings, pan };
