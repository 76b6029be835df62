// A view that turns its pages by itself, and waits while somebody is busy with the wall.
import { useEffect } from 'react';
import type { ShownPage } from './use-wall-page.ts';
import { useWall, wall } from './wall.ts';

/** After the last touch of the mouse or a key; a page must not turn under a hand. */
const busyMs = 5_000;

export function useTour({ page, pages }: ShownPage): void {
  const tourS = useWall((state) => (state.isTouring ? (state.view.tourS ?? 10) : undefined));
  const rests = useWall(
    ({ enlarged, isArranging, replays, zooms }) =>
      enlarged !== undefined || isArranging || replays.size > 0 || zooms.size > 0,
  );
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
