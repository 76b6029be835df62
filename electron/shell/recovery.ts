// A window whose page died or hangs comes back by itself: a wall often has nobody in front of it who could load it again.

import type { WebContents } from 'electron';
import type { CancelTimer, Clocks } from '../../recorder/model/clock.ts';
import type { Log } from '../../recorder/model/log.ts';
import { isOurs } from './origin.ts';

/** A page that stood this long has nothing to do with what ended the one before it. */
const calmMs = 60_000;
/** So many times in a row it is loaded at once; a page that goes on dying is waited for, so that it does not take the machine with it. */
const timesAtOnce = 2;
const firstWaitMs = 10_000;
const longestWaitMs = 60_000;
/** Chromium has waited for an answer by itself before it says that a page hangs. */
const hangMs = 10_000;

export interface Care {
  readonly log: Log;
  readonly clocks: Pick<Clocks, 'monotonic' | 'timers'>;
}

/** How long to wait with loading a page that died so many times in a row. */
export function waitAfter(deaths: number): number {
  if (deaths <= timesAtOnce) return 0;
  return Math.min(firstWaitMs * 2 ** (deaths - timesAtOnce - 1), longestWaitMs);
}

/** What stands in the window while it waits. It needs nothing of the station, and has nothing in it that could fail again. */
function restingPage(waitMs: number): string {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="dark"><title>Lookout</title>
<body style="margin:0;height:100vh;display:grid;place-content:center;text-align:center;background:#0a0c0f;color:#f0f3f7;font:18px/1.6 system-ui">
<h1 style="font-size:24px;margin:0">This window stopped working several times.</h1>
<p>Recording is not affected. The window is loaded again within ${waitMs / 1_000} seconds.</p>`;
  return `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
}

interface Kept {
  /** The window's number, for the log. */
  readonly seat: number;
  /** What it opens with. */
  readonly home: string;
}

/** Loads a window's page again whenever it died or hangs, until the window is closed. */
export function keepAlive(contents: WebContents, { seat, home }: Kept, { log, clocks }: Care): void {
  const { monotonic, timers } = clocks;
  /** With the screen that the window was on. */
  let address = home;
  let deaths = 0;
  let loadedAt = monotonic.now();
  let cancelLoad: CancelTimer | undefined;
  let cancelEnd: CancelTimer | undefined;

  const show = (url: string) => {
    // One that dies on its way tells of itself as any other does.
    contents.loadURL(url).catch(() => undefined);
  };
  const loadAgain = () => {
    cancelLoad = undefined;
    loadedAt = monotonic.now();
    // A load of the very address there is may be taken for a step within the page, which there is no more.
    if (isOurs(contents.getURL())) contents.reload();
    else show(address);
  };
  // Never from within the event: to navigate there brings Chromium down (electron/electron#51900).
  const rest = (waitMs: number) => {
    show(restingPage(waitMs));
    cancelLoad = timers.after(waitMs, loadAgain);
  };

  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    cancelEnd?.();
    // While it waits, what died is the page that says so.
    const isResting = cancelLoad !== undefined;
    if (!isResting && monotonic.elapsedMs(loadedAt) >= calmMs) deaths = 0;
    if (!isResting) deaths += 1;
    const waitMs = waitAfter(deaths);
    log.error({ window: seat, reason, exitCode, deaths, waitMs, isResting }, 'the page of a window died');
    if (isResting) return;
    const url = contents.getURL();
    if (isOurs(url)) address = url;
    cancelLoad = timers.after(0, () => (waitMs === 0 ? loadAgain() : rest(waitMs)));
  });
  contents.on('unresponsive', () => {
    log.warn({ window: seat }, 'a window hangs');
    cancelEnd?.();
    // Its end is told as any other, and it is loaded again for that.
    cancelEnd = timers.after(hangMs, () => contents.forcefullyCrashRenderer());
  });
  contents.on('responsive', () => cancelEnd?.());
  contents.on('destroyed', () => {
    cancelLoad?.();
    cancelEnd?.();
  });
}
