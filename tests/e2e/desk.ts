// What the specs are given: an empty desk of their own, or a site that goes on from test to test.

import { test as base, expect } from '@playwright/test';
import { type Desk, openDesk, type Shell } from './open-desk.ts';
import { type Site, startSite } from './site.ts';

interface Fixtures {
  /** A desk with nothing on it, new for each test. */
  readonly desk: Desk;
}

interface WorkerFixtures {
  readonly shell: Shell;
  /** Four cameras and a desk that records them, kept from test to test. */
  readonly site: Site;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  shell: ['headless', { option: true, scope: 'worker' }],
  desk: async ({ shell, browser }, provide) => {
    await using desk = await openDesk(shell, browser);
    await provide(desk);
  },
  site: [
    async ({ shell, browser }, provide) => {
      await using site = await startSite(shell, browser);
      await provide(site);
    },
    { scope: 'worker', timeout: 90_000 },
  ],
});

export { expect };
