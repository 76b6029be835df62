// The timeline of sixteen cameras over a month in real Chromium: what one drawing costs, and how even a pan is.

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { chromium } from 'playwright';
import { build } from 'vite';
import { chromiumLaunch } from '../tests/driver/chromium-launch.ts';
import { inFolder } from './in-folder.ts';
import { type Bench, percentile } from './report.ts';
import type { DrawBench } from './timeline-draw-page.ts';

/** A frame of a screen of 60 Hz, and what of it a drawing may take. */
const frameMs = 1_000 / 60;
const drawAimMs = 8;
const width = 1_200;

/** The page as one script and one style sheet. */
async function builtPage(folder: string): Promise<{ script: string; style: string }> {
  await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [react(), tailwind()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome150',
      lib: {
        entry: path.join(import.meta.dirname, 'timeline-draw-page.ts'),
        formats: ['es'],
        fileName: 'page',
      },
    },
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const names = await readdir(folder);
  const read = async (ending: string) => {
    const name = names.find((one) => one.endsWith(ending));
    return name === undefined ? '' : readFile(path.join(folder, name), 'utf8');
  };
  return { script: await read('.js'), style: await read('.css') };
}

declare global {
  var drawBench: DrawBench;
}

export const bench: Bench = ({ short }) =>
  inFolder(async (folder) => {
    const { script, style } = await builtPage(folder);
    const browser = await chromium.launch(chromiumLaunch());
    try {
      const page = await browser.newPage({
        viewport: { width: width + 150, height: 720 },
        colorScheme: 'dark',
      });
      await page.setContent('<!doctype html><body></body>');
      await page.addStyleTag({ content: style });
      await page.addScriptTag({ content: script, type: 'module' });
      await page.locator('canvas').waitFor();
      const count = short ? 200 : 600;
      const drawings = await page.evaluate(([times, pixels]) => drawBench.drawings(times, pixels), [
        count,
        width,
      ] as const);
      // The first pan warms what a desk has warm after a second.
      await page.evaluate(() => drawBench.pan(60));
      const { frames, busy } = await page.evaluate((times) => drawBench.pan(times), count);
      const both = (name: string, values: readonly number[], aimMs: number) =>
        [0.5, 0.99].map((share) => {
          const value = percentile(values, share);
          const aim = { aim: `≤ ${aimMs.toFixed(1)} ms`, met: value <= aimMs };
          return { name: `${name}: p${share * 100} of ${values.length}`, value, unit: 'ms', ...aim };
        });
      return {
        conditions: {
          ...{ cameras: 16, days: 30, segments: 16 * 43_200, pixels: width, browser: browser.version() },
          ...(short ? { short: 'yes' } : {}),
        },
        figures: [
          ...both('one drawing', drawings, drawAimMs),
          ...both('panning, the thread busy in a frame', busy, drawAimMs),
          // Headless Chromium ticks as a screen of 60 Hz does; a tick that was missed shows as two.
          ...both('panning, frame to frame', frames, frameMs + 1),
        ],
      };
    } finally {
      await browser.close();
    }
  });
