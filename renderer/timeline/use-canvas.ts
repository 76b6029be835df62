// Ties the painter and the gestures to the timeline's canvas; listeners stay the same while props change beneath them.

import { useEffect, useMemo, useRef } from 'react';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { listenForGestures, type Point } from './gestures.ts';
import { placeMarks, shapeAt } from './marks.ts';
import { designScale, TimelinePainter } from './painter.ts';
import { layout, layoutFor } from './scene.ts';
import type { TimelineProps } from './timeline.tsx';
import { msAt, resize } from './viewport.ts';

/** The moment under the pointer; on the shape of a mark, the mark's own. */
function pressedMs({ view, marks, tracks }: TimelineProps, { x, y }: Point): EpochMs {
  const { marksTop } = layoutFor(tracks.length);
  const isOnMarks = y >= marksTop && y < marksTop + layout.marks;
  const shape = isOnMarks ? shapeAt(placeMarks(marks, view), x) : undefined;
  return shape?.marks[0]?.startMs ?? msAt(view, x);
}

function isInSelection({ tracks }: TimelineProps, { y }: Point): boolean {
  return y >= layoutFor(tracks.length).selectionTop;
}

export function useCanvas(
  props: TimelineProps,
  pointer: Point | undefined,
  hover: (at: Point | undefined) => void,
) {
  const { labels, view, tracks, chosen, nowMs, playhead, selected, marks, selection } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<TimelinePainter>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const made = new TimelinePainter(element, (width) =>
      latest.current.onView((current) => resize(current, width)),
    );
    painter.current = made;
    const stop = listenForGestures(element, {
      scale: designScale,
      change: (next) => latest.current.onView(next),
      press: (at) => latest.current.onSeek(pressedMs(latest.current, at)),
      hover,
      selects: (at) => isInSelection(latest.current, at),
      select: (fromX, toX) => {
        const { view: current, onSelect } = latest.current;
        const [first, last] = [fromX, toX].toSorted((a, b) => a - b).map((x) => Math.round(msAt(current, x)));
        onSelect({ inMs: first, outMs: last });
      },
    });
    return () => {
      stop();
      made.dispose();
    };
  }, [hover]);

  const shown = useMemo(
    () => ({ labels, view, tracks, chosen, nowMs, selected, marks, selection }),
    [labels, view, tracks, chosen, nowMs, selected, marks, selection],
  );
  useEffect(() => painter.current?.show(shown), [shown]);
  useEffect(() => {
    painter.current?.moveHover(pointer === undefined ? undefined : msAt(view, pointer.x));
  }, [pointer, view]);
  useEffect(() => {
    const move = () => painter.current?.movePlayhead(playhead.get());
    move();
    return playhead.subscribe(move);
  }, [playhead]);
  return canvas;
}
