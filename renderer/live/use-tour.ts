// A view that turns its pages by itself, and waits while somebody is busy with the wall.
import { useEffect } from 'react';
import type { ShownPage, WallTile } from './use-wall-page.ts';
import { useWall, type Wall, wall } from './wall.ts';

/** After the last touch of the mouse or a key; a page must not turn under a hand. */
const busyMs = 5_000;

/** Somebody looks closely at what is on the page; what was left zoomed or in the past elsewhere keeps nobody. */
export function restsOn(
  { tiles, enlarged }: Pick<ShownPage, 'tiles' | 'enlarged'>,
  { isArranging, replays, zooms }: Pick<Wall, 'isArranging' | 'replays' | 'zooms'>,
): boolean {
  const isLookedAt = ({ camera }: WallTile) =>
    camera !== undefined && (replays.has(camera.streamId) || zooms.has(camera.streamId));
  return enlarged !== undefined || isArranging || tiles.some(isLookedAt);
}

export function useTour(shown: ShownPage): void {
  const { page, pages } = shown;
  const tourS = useWall((state) => (state.isTouring ? (state.view.tourS ?? 10) : undefined));
  const rests = useWall((state) => restsOn(shown, state));
  useEffect(() => {
    if (tourS === undefined || rests || pages < 2) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    const turnIn = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => wall.turnTo((page + 1) % pages), ms);
    };
    const until = performance.now() + tourS * 1_000;
    const touched = () => turnIn(Math.max(busyMs, until - performance.now()));
    turnIn(tourS * 1_000);
    window.addEventListener('pointermove', touched);
    window.addEventListener('keydown', touched);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointermove', touched);
      window.removeEventListener('keydown', touched);
    };
  }, [tourS, rests, page, pages]);
}
