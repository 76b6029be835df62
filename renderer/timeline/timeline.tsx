// The timeline on screen: a canvas with pointer, wheel and keyboard, and a slider for those who do not see it.

import { type KeyboardEvent, useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { stateAt } from './footage.ts';
import type { Point } from './gestures.ts';
import { HoverCard, pointerReach, type Said } from './hover-card.tsx';
import { deedFor } from './keys.ts';
import type { Labels } from './labels.ts';
import { marksAt, type Selection, type TimelineMark } from './marks.ts';
import { useMomentWords } from './moment-words.ts';
import { designFontPixels } from './painter.ts';
import { firstEndingAfter, noRanges, type Range } from './ranges.ts';
import { layoutFor, type Playhead, type Track, trackAt } from './scene.ts';
import { SelectionCard } from './selection-card.tsx';
import type { Thumbnails } from './thumbnails.ts';
import { TrackNames } from './track-names.tsx';
import { useCanvas } from './use-canvas.ts';
import { endMs, msAt, msPerPixel, shows, type Viewport, xAt } from './viewport.ts';

/** A playhead that moves with every frame, without a render of React for each. */
export interface PlayheadSource {
  get(): Playhead | undefined;
  subscribe(moved: () => void): () => void;
}

/** A stretch that is kept as evidence, and why. */
export interface TimelineLock extends Range {
  readonly reason: string;
}

export interface TimelineTrack extends Track {
  readonly name: string;
  /** Those that `locks` is drawn from. */
  readonly locked?: readonly TimelineLock[] | undefined;
  readonly thumbnails?: Thumbnails | undefined;
}

export interface TimelineProps {
  /** Said by screen readers, e.g. `Timeline of Entrance`. */
  readonly label: string;
  readonly labels: Labels;
  readonly view: Viewport;
  /** From top to bottom, at least one. */
  readonly tracks: readonly TimelineTrack[];
  /** Which of them keys and screen readers are about. */
  readonly chosen: number;
  readonly nowMs: EpochMs;
  readonly playhead: PlayheadSource;
  readonly selected: Range | undefined;
  /** By start. */
  readonly marks: readonly TimelineMark[];
  readonly selection: Selection;
  onView(next: (view: Viewport) => Viewport): void;
  onSeek(ms: EpochMs): void;
  onSelect(selection: Selection): void;
  readonly onChoose?: ((index: number) => void) | undefined;
}

export function Timeline(props: TimelineProps) {
  const { tracks, chosen, onChoose = () => undefined } = props;
  const names = useMemo(() => tracks.map(({ name }) => name), [tracks]);
  return (
    <div className="flex">
      {tracks.length > 1 && <TrackNames names={names} chosen={chosen} onChoose={onChoose} />}
      <Surface {...props} />
    </div>
  );
}

function Surface(props: TimelineProps) {
  const { label, labels, view, tracks, chosen, nowMs, playhead } = props;
  const { t } = useTranslation('timeline');
  const [pointer, setPointer] = useState<Point>();
  const [isByKeys, byKeys] = useByKeys();
  const hover = useCallback(
    (at: Point | undefined) => {
      setPointer(at);
      byKeys.end();
    },
    [byKeys],
  );
  const canvas = useCanvas(props, pointer, hover);
  const wordsFor = useMomentWords(labels);
  // Screen readers hear of whole seconds, not of frames.
  const headSecond = useSyncExternalStore(playhead.subscribe, () => {
    const head = playhead.get();
    return head && Math.floor(head.ms / 1_000);
  });
  const headMs = headSecond === undefined ? undefined : headSecond * 1_000;
  const footage = tracks[chosen]?.footage;
  if (footage === undefined) return null;

  const onKeyDown = (event: KeyboardEvent) => {
    const exactMs = playhead.get()?.ms ?? view.startMs + view.spanMs / 2;
    const deed = deedFor(event, { view, footage, headMs: exactMs });
    if (deed === undefined) {
      if (event.key === 'Escape') byKeys.end();
      return;
    }
    event.preventDefault();
    byKeys.press();
    if (deed.kind === 'seek') props.onSeek(deed.ms);
    else props.onView(() => deed.view);
  };
  const height = layoutFor(tracks.length).height;
  // What a pointer finds at its place, the keys find at the playhead.
  const keyPoint =
    isByKeys && headMs !== undefined && shows(view, headMs) ? { x: xAt(view, headMs), y: 0 } : undefined;
  const point = pointer ?? keyPoint;

  return (
    <div className="relative min-w-0 flex-1">
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
        data-view-start-ms={Math.round(view.startMs)}
        data-view-span-ms={Math.round(view.spanMs)}
        onKeyDown={onKeyDown}
        onBlur={byKeys.end}
        className="rounded-md focus-visible:outline-offset-0"
      >
        <canvas
          ref={canvas}
          aria-hidden
          className="block w-full touch-none rounded-md"
          style={{ height: `${height / designFontPixels}rem` }}
        />
      </div>
      {point !== undefined && <Card {...props} point={point} />}
    </div>
  );
}

/** Long enough to read the card; then what lies beneath it can be seen again. */
const cardAfterKeyMs = 5_000;

/** Whether the timeline was moved by keys just now. */
function useByKeys() {
  const [presses, setPresses] = useState(0);
  useEffect(() => {
    if (presses === 0) return undefined;
    const timer = setTimeout(() => setPresses(0), cardAfterKeyMs);
    return () => clearTimeout(timer);
  }, [presses]);
  const deeds = useMemo(
    () => ({ press: () => setPresses((before) => before + 1), end: () => setPresses(0) }),
    [],
  );
  return [presses > 0, deeds] as const;
}

/** What locks and searches say within `reachMs` of the moment: a band of two pixels is found, too. */
function saidOf({ locked = [], hits = noRanges }: TimelineTrack, ms: EpochMs, reachMs: number): Said {
  const near = { startMs: ms - reachMs, endMs: ms + reachMs };
  const holding = locked.filter(
    ({ startMs, endMs: stopMs }) => startMs < near.endMs && stopMs > near.startMs,
  );
  const hit = firstEndingAfter(hits, near.startMs);
  return {
    reasons: holding.map(({ reason }) => reason),
    isFound: (hits.startsMs[hit] ?? Number.POSITIVE_INFINITY) < near.endMs,
  };
}

function Card(props: TimelineProps & { readonly point: Point }) {
  const { view, labels, tracks, chosen, nowMs, marks, selection, point } = props;
  const places = layoutFor(tracks.length);
  if (point.y >= places.selectionTop) {
    return <SelectionCard view={view} x={point.x} labels={labels} selection={selection} />;
  }
  const track = tracks[trackAt(places, point.y, chosen)];
  if (track === undefined) return null;
  const ms = msAt(view, point.x);
  return (
    <HoverCard
      view={view}
      x={point.x}
      ms={ms}
      labels={labels}
      name={tracks.length > 1 ? track.name : undefined}
      footage={track.footage}
      heat={track.heat}
      thumbnails={track.thumbnails}
      nowMs={nowMs}
      marks={marksAt(marks, view, point.x, ms)}
      said={saidOf(track, ms, pointerReach * msPerPixel(view))}
    />
  );
}
