// What keys do on a timeline that has the focus. Pure: a key press in, a moment to seek or a view to show out.

import type { EpochMs } from '../../recorder/model/clock.ts';
import type { Footage } from './footage.ts';
import { nextBorder } from './ranges.ts';
import { tickStepMs } from './ruler.ts';
import { panBy, shows, type Viewport, xAt, zoomAbout } from './viewport.ts';

export type Deed =
  | { readonly kind: 'seek'; readonly ms: EpochMs }
  | { readonly kind: 'show'; readonly view: Viewport };

interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

interface Situation {
  readonly view: Viewport;
  readonly footage: Footage;
  /** The playhead's moment, or the middle of the view without one. */
  readonly headMs: EpochMs;
}

const zoomStep = 2;
/** Steps of PageUp and PageDown, as a slider's larger step (WAI-ARIA slider pattern). */
const pageSteps = 10;

/**
 * Arrows move by one tick, with Shift they pan, with Ctrl they go to the next begin or end of footage; Page keys move by
 * ten ticks; plus and minus zoom about the playhead; Home and End go to the oldest and newest footage.
 */
export function deedFor(press: KeyPress, { view, footage, headMs }: Situation): Deed | undefined {
  if (press.altKey || press.metaKey) return undefined;
  const zoom = (factor: number): Deed => {
    const x = shows(view, headMs) ? xAt(view, headMs) : view.width / 2;
    return { kind: 'show', view: zoomAbout(view, x, factor) };
  };
  const seek = (ms: EpochMs | undefined): Deed | undefined =>
    ms === undefined ? undefined : { kind: 'seek', ms };
  const arrow = (sign: 1 | -1): Deed | undefined => {
    if (press.shiftKey) return { kind: 'show', view: panBy(view, (-sign * view.width) / 4) };
    if (press.ctrlKey) return seek(borderBeside(footage, headMs, sign === 1 ? 'forward' : 'back'));
    return seek(headMs + sign * tickStepMs(view));
  };
  switch (press.key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return arrow(1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return arrow(-1);
    case 'PageUp':
      return seek(headMs + pageSteps * tickStepMs(view));
    case 'PageDown':
      return seek(headMs - pageSteps * tickStepMs(view));
    case 'Home':
      return seek(footage.oldestMs);
    case 'End':
      return seek(footage.newestMs);
    case '+':
    case '=':
      return press.ctrlKey ? undefined : zoom(1 / zoomStep);
    case '-':
      return press.ctrlKey ? undefined : zoom(zoomStep);
    default:
      return undefined;
  }
}

/** The next begin or end of footage; where what is loaded ends inside of a run, it is not known. */
function borderBeside(
  { coverage, loaded }: Footage,
  headMs: EpochMs,
  direction: 'forward' | 'back',
): EpochMs | undefined {
  const borderMs = nextBorder(coverage, headMs, direction);
  return borderMs === loaded?.startMs || borderMs === loaded?.endMs ? undefined : borderMs;
}
