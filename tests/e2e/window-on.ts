// A station on a data folder that a spec made or kept, without the desk's fixture, and a window on it.

import type { Browser, Page } from '@playwright/test';
import { type StationProcess, startStation } from '../driver/station-process.ts';
import { expect } from './desk.ts';

export interface WindowOn extends AsyncDisposable {
  readonly station: StationProcess;
  readonly page: Page;
}

/** Ends the station with it, which has to end well. The folder stays. */
export async function openWindowOn(browser: Browser, dataFolder: string): Promise<WindowOn> {
  const open = new AsyncDisposableStack();
  try {
    const station = await startStation(dataFolder);
    open.defer(async () => {
      const code = await station.stop();
      await station[Symbol.asyncDispose]();
      expect(code, station.output()).toBe(0);
    });
    const context = await browser.newContext({
      viewport: { width: 1280, height: 720 },
      colorScheme: 'dark',
    });
    open.defer(() => context.close());
    const page = await context.newPage();
    await page.goto(await station.freshLink());
    await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible();
    return { station, page, [Symbol.asyncDispose]: () => open.disposeAsync() };
  } catch (error) {
    await open.disposeAsync();
    throw error;
  }
}
