// Whether pictures played on one clock are in step with it: each is that of the clock's moment, or lies how far beside it.

import { expect, type Page } from '@playwright/test';

const lookedMs = 2_000;
/**
 * How far each picture lay beside the clock over two seconds, in ms, above 0 behind it: by the median, which while it plays
 * in step is the middle of a picture's own time, however many of the looks meet it early or late in that.
 */
export function asides(page: Page, frameMs: number): Promise<number[]> {
  return page.evaluate(
    ({ frameMs, lookedMs }) =>
      new Promise<number[]>((resolve) => {
        const begunMs = performance.now();
        const videos = [...document.querySelectorAll<HTMLVideoElement>('[data-sync-tile] video')];
        const seen = videos.map((): number[] => []);
        const look = () => {
          const clock = document.querySelector('[data-frame-wall-ms]');
          const clockMs = Number(clock?.getAttribute('data-frame-wall-ms'));
          for (const [index, { dataset }] of videos.entries()) {
            seen[index]?.push(clockMs - Number(dataset['wallMs'] ?? Number.NaN) - frameMs / 2);
          }
          if (performance.now() - begunMs < lookedMs) requestAnimationFrame(() => setTimeout(look, 0));
          else
            resolve(seen.map((all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN));
        };
        look();
      }),
    { frameMs, lookedMs },
  );
}

const middleOf = (all: readonly number[]) =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;

/**
 * How far the picture that lies furthest aside is from the middle of all. What all have in common is the way from the moment a
 * picture is told of to the refresh that shows it.
 */
export const furthest = (all: readonly number[]) =>
  Math.max(...all.map((aside) => Math.abs(aside - middleOf(all))));

/**
 * Ends when two measurements in a row found all pictures within one frame of each other, and none further than `asideMs` from the
 * clock; the machine may be held up in between.
 */
export async function staysInStep(page: Page, frameMs: number, asideMs: number): Promise<void> {
  const outOfStep = async () => {
    const all = await asides(page, frameMs);
    const isNear = Math.max(...all.map(Math.abs)) < asideMs;
    return Math.max(...all) - Math.min(...all) < frameMs && isNear ? [] : [all.map(Math.round).join()];
  };
  await expect
    .poll(async () => [...(await outOfStep()), ...(await outOfStep())], { timeout: 30_000, intervals: [50] })
    .toEqual([]);
}
