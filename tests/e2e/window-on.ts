// A station on a data folder that a spec made or kept, without the desk's fixture, and a window on it.

import { type Browser, expect, type Page } from '@playwright/test';
import type { StationProcess } from '../driver/station-process.ts';
import { openHeadless } from './open-desk.ts';

export interface WindowOn extends AsyncDisposable {
  readonly station: StationProcess;
  readonly page: Page;
}

/** Ends the station with it, which has to end well. The folder stays. */
export async function openWindowOn(browser: Browser, dataFolder: string): Promise<WindowOn> {
  const open = new AsyncDisposableStack();
  try {
    const { page, station } = await openHeadless(dataFolder, browser, open);
    await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible();
    return { station, page, [Symbol.asyncDispose]: () => open.disposeAsync() };
  } catch (error) {
    await open.disposeAsync();
    throw error;
  }
}
