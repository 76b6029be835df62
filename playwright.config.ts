// End-to-end tests in the Chromium of the machine; one worker, because each test runs a whole recorder.
import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './tests/driver/chromium-launch.ts';

const desktopAlone = ['desktop.spec.ts', 'window-crash.spec.ts', 'windows.spec.ts'];
/** Not part of `npm test`, which ends within ten minutes; `npm run test:e2e` and continuous integration run them too. */
const thorough = [
  'many-windows.spec.ts',
  ...['appearance.spec.ts', 'shortcuts.spec.ts', 'storage.spec.ts'],
  ...['motion-search.spec.ts', 'sync-playback.spec.ts', 'sync-sixteen.spec.ts', 'transport.spec.ts'],
  ...['removed-camera.spec.ts', 'saved-views.spec.ts', 'sub-stream.spec.ts'],
  ...['wall.spec.ts', 'wall-replay.spec.ts', 'wall-tiles.spec.ts'],
];

export default defineConfig<object, { shell: 'headless' | 'desktop' }>({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  // As in vitest.config.ts: a shared machine may hold one run up.
  retries: process.env['CI'] === undefined ? 0 : 2,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 720 },
    screenshot: 'only-on-failure',
    // A trace films the window, and live video filmed costs the machine more than the recorder under test does.
    trace: 'off',
    launchOptions: chromiumLaunch(),
  },
  projects: [
    { name: 'headless', testIgnore: [...desktopAlone, ...thorough], use: { shell: 'headless' } },
    { name: 'headless-thorough', testMatch: thorough, use: { shell: 'headless' } },
    {
      name: 'desktop',
      testMatch: ['desktop.spec.ts', 'newcomer.spec.ts', 'windows.spec.ts'],
      use: { shell: 'desktop' },
    },
    {
      name: 'desktop-thorough',
      testMatch: ['cameras.spec.ts', 'live.spec.ts', 'window-crash.spec.ts'],
      use: { shell: 'desktop' },
    },
  ],
});
