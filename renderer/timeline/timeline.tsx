// The timeline on screen: a canvas with pointer, wheel and keyboard, and a slider for those who do not see it.

import { type KeyboardEvent, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { type Footage, stateAt } from './footage.ts';
import { listenForGestures } from './gestures.ts';
import { HoverCard } from './hover-card.tsx';
import { deedFor } from './keys.ts';
import type { Labels } from './labels.ts';
import { marksAt, placeMarks, type Selection, shapeAt, type TimelineMark } from './marks.ts';
import { useMomentWords } from './moment-words.ts';
import { designFontPixels, TimelinePainter } from './painter.ts';
import type { Range } from './ranges.ts';
import { marksTop, type Playhead, timelineHeight } from './scene.ts';
import { type CssPixels, endMs, msAt, resize, type Viewport } from './viewport.ts';

/** A playhead that moves with every frame, without a render of React for each. */
export interface PlayheadSource {
  get(): Playhead | undefined;
  subscribe(moved: () => void): () => void;
}

export interface TimelineProps {
  /** Said by screen readers, e.g. `Timeline of Entrance`. */
  readonly label: string;
  readonly labels: Labels;
  readonly view: Viewport;
  readonly footage: Footage;
  readonly nowMs: EpochMs;
  readonly playhead: PlayheadSource;
  readonly selected: Range | undefined;
  /** By start. */
  readonly marks: readonly TimelineMark[];
  readonly selection: Selection;
  onView(next: (view: Viewport) => Viewport): void;
  onSeek(ms: EpochMs): void;
}

export function Timeline(props: TimelineProps) {
  const { label, labels, view, footage, nowMs, playhead, marks } = props;
  const { t } = useTranslation('timeline');
  const [hoverX, setHoverX] = useState<CssPixels>();
  const canvas = useCanvas(props, hoverX, setHoverX);
  const wordsFor = useMomentWords(labels);
  // Screen readers hear of whole seconds, not of frames.
  const headSecond = useSyncExternalStore(playhead.subscribe, () => {
    const head = playhead.get();
    return head && Math.floor(head.ms / 1_000);
  });
  const headMs = headSecond === undefined ? undefined : headSecond * 1_000;
  const hoverMs = hoverX === undefined ? undefined : msAt(view, hoverX);

  const onKeyDown = (event: KeyboardEvent) => {
    const exactMs = playhead.get()?.ms ?? view.startMs + view.spanMs / 2;
    const deed = deedFor(event, { view, footage, headMs: exactMs });
    if (deed === undefined) return;
    event.preventDefault();
    if (deed.kind === 'seek') props.onSeek(deed.ms);
    else props.onView(() => deed.view);
  };

  return (
    <div className="relative">
      <div
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-orientation="horizontal"
        aria-valuemin={footage.oldestMs ?? view.startMs}
        aria-valuemax={footage.newestMs ?? endMs(view)}
        aria-valuenow={headMs ?? view.startMs}
        aria-valuetext={
          headMs === undefined
            ? t('noPlayhead')
            : `${labels.exactClock(headMs)}, ${labels.day(headMs)}. ${wordsFor(stateAt(footage, headMs, nowMs), nowMs)}`
        }
        onKeyDown={onKeyDown}
        className="rounded-md focus-visible:outline-offset-0"
      >
        <canvas
          ref={canvas}
          aria-hidden
          className="block w-full touch-none rounded-md"
          style={{ height: `${timelineHeight / designFontPixels}rem` }}
        />
      </div>
      {hoverX !== undefined && hoverMs !== undefined && (
        <HoverCard
          view={view}
          x={hoverX}
          ms={hoverMs}
          labels={labels}
          footage={footage}
          nowMs={nowMs}
          marks={marksAt(marks, view, hoverX, hoverMs)}
        />
      )}
    </div>
  );
}

/** The moment under the pointer; on the shape of a mark, the mark's own. */
function pressedMs({ view, marks }: TimelineProps, x: CssPixels, y: CssPixels): EpochMs {
  const shape = y < marksTop ? undefined : shapeAt(placeMarks(marks, view), x);
  return shape?.marks[0]?.startMs ?? msAt(view, x);
}

/** Ties the painter and the gestures to the canvas; listeners stay the same while props change beneath them. */
function useCanvas(
  props: TimelineProps,
  hoverX: CssPixels | undefined,
  setHoverX: (x: CssPixels | undefined) => void,
) {
  const { labels, view, footage, nowMs, playhead, selected, marks, selection } = props;
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
      change: (next) => latest.current.onView(next),
      press: (x, y) => latest.current.onSeek(pressedMs(latest.current, x, y)),
      hover: setHoverX,
    });
    return () => {
      stop();
      made.dispose();
    };
  }, [setHoverX]);

  const shown = useMemo(
    () => ({ labels, view, footage, nowMs, selected, marks, selection }),
    [labels, view, footage, nowMs, selected, marks, selection],
  );
  useEffect(() => painter.current?.show(shown), [shown]);
  useEffect(() => {
    painter.current?.moveHover(hoverX === undefined ? undefined : msAt(view, hoverX));
  }, [hoverX, view]);
  useEffect(() => {
    const move = () => painter.current?.movePlayhead(playhead.get());
    move();
    return playhead.subscribe(move);
  }, [playhead]);
  return canvas;
}
