// When a window whose page died or hangs is loaded again, on a made-up clock.

import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { expect, it } from 'vitest';
import { MadeClock } from '../../recorder/capture/made-clock.ts';
import { keepAlive, waitAfter } from './recovery.ts';

const home = 'lookout://station/?window=2';
const playback = `${home}#/playback`;

/** A kept window; `pass` lets time go by, `shown` is what was loaded: our page, or the words that stand in for it. */
function keptWindow() {
  const clocks = new MadeClock();
  const pass = (ms: number) => clocks.pass(ms);
  const shown: string[] = [];
  let url = '';
  const contents = Object.assign(new EventEmitter(), {
    getURL: () => url,
    reload: () => shown.push(url),
    loadURL: async (address: string) => {
      url = address;
      shown.push(address.startsWith('data:') ? decodeURIComponent(address) : address);
      throw new Error('it may die on its way');
    },
    forcefullyCrashRenderer: () => die('killed'),
  });
  const logged: unknown[] = [];
  const write = (fields: Readonly<Record<string, unknown>>) => logged.push(fields);
  const die = (reason = 'crashed') => contents.emit('render-process-gone', {}, { reason, exitCode: 5 });
  const log = { info: write, warn: write, error: write };
  keepAlive(contents as unknown as WebContents, { seat: 2, home }, { log, clocks });
  const goTo = (address: string) => {
    url = address;
  };
  return { contents, die, goTo, logged, pass, shown };
}

it('waits twice as long each time after the second, up to a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 60].map(waitAfter)).toEqual([0, 0, 10_000, 20_000, 40_000, 60_000, 60_000]);
});

it('loads the screen that was there again, but not from within the event', async () => {
  const { die, goTo, logged, pass, shown } = keptWindow();
  goTo(playback);
  die('oom');
  expect(shown).toEqual([]);
  await pass(0);
  expect(shown).toEqual([playback]);
  expect(logged).toEqual([{ window: 2, reason: 'oom', exitCode: 5, deaths: 1, waitMs: 0, isResting: false }]);
});

it('opens a window that died before it showed anything', async () => {
  const { die, pass, shown } = keptWindow();
  die('launch-failed');
  await pass(0);
  expect(shown).toEqual([home]);
});

it('says so in place of a page that goes on dying, and then tries again', async () => {
  const { die, goTo, pass, shown } = keptWindow();
  goTo(playback);
  for (let times = 0; times < 3; times += 1) {
    die();
    await pass(0);
  }
  expect(shown).toEqual([playback, playback, expect.stringContaining('within 10 seconds')]);
  // The page with these words may die too; that is no reason to hurry.
  die();
  await pass(9_999);
  expect(shown).toHaveLength(3);
  await pass(1);
  expect(shown.slice(3)).toEqual([playback]);
  die();
  await pass(0);
  expect(shown.at(-1)).toContain('within 20 seconds');
});

it('forgets earlier deaths once a page has stood for a minute', async () => {
  const { die, pass, shown } = keptWindow();
  for (let times = 0; times < 5; times += 1) {
    die();
    await pass(60_000);
  }
  expect(shown).toEqual([home, home, home, home, home]);
});

it('ends a page that goes on hanging and loads it again, and leaves one that answers in time', async () => {
  const { contents, pass, shown } = keptWindow();
  contents.emit('unresponsive');
  await pass(9_999);
  contents.emit('responsive');
  await pass(60_000);
  expect(shown).toEqual([]);
  contents.emit('unresponsive');
  await pass(10_000);
  expect(shown).toEqual([home]);
});

it('leaves a window that is closed alone', async () => {
  const { contents, die, pass, shown } = keptWindow();
  contents.emit('unresponsive');
  die();
  contents.emit('destroyed');
  await pass(600_000);
  expect(shown).toEqual([]);
});
