// A desk under test: the whole program on a data folder of its own, in either shell, and a window of it in real Chromium.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, expect, type Page } from '@playwright/test';
import { openCatalog } from '../../electron/catalog/open.ts';
import { SettingRows } from '../../electron/catalog/settings.ts';
import { startDesktop } from '../driver/desktop-process.ts';
import { descendants, isRunning } from '../driver/processes.ts';
import { type StationClient, startStation } from '../driver/station-process.ts';

export type Shell = 'headless' | 'desktop';

export interface Desk extends AsyncDisposable {
  readonly shell: Shell;
  readonly page: Page;
  readonly dataFolder: string;
  /** Of the process that runs the station. */
  readonly pid: number;
  /** The station's calls from outside its window; headless alone has a door for them. */
  readonly client: StationClient | undefined;
}

export interface DeskOptions {
  /** Left out, it is the product's own. */
  readonly segmentSeconds?: number;
}

/** Starts the program and opens its window. What it leaves behind when it is disposed of, fails the test. */
export async function openDesk(shell: Shell, browser: Browser, options: DeskOptions = {}): Promise<Desk> {
  const open = new AsyncDisposableStack();
  try {
    const dataFolder = mkdtempSync(path.join(tmpdir(), 'lookout-e2e-'));
    open.defer(() => rmSync(dataFolder, { recursive: true, force: true }));
    if (options.segmentSeconds !== undefined) writeSetting(dataFolder, options.segmentSeconds);
    const program =
      shell === 'headless' ? await headless(dataFolder, browser, open) : await desktop(dataFolder, open);
    await expect(program.page.getByRole('navigation', { name: 'Screens' })).toBeVisible();
    return {
      ...program,
      shell,
      dataFolder,
      [Symbol.asyncDispose]: async () => {
        const started = descendants(program.pid);
        await open.disposeAsync();
        // What the program ended is reaped a moment after it.
        await expect
          .poll(() => started.filter(isRunning), { message: 'processes left behind', timeout: 5_000 })
          .toEqual([]);
      },
    };
  } catch (error) {
    await open.disposeAsync();
    throw error;
  }
}

/** Starts a headless station on the folder and opens a window of it. Both end with `open`; the station has to end well. */
export async function openHeadless(dataFolder: string, browser: Browser, open: AsyncDisposableStack) {
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
  // The windows' content policy is meant to refuse what others bring in, nothing of our own.
  const refused: string[] = [];
  context.on('console', (message) => {
    // Of code made from text Chromium tells only the note at the end.
    if (/Content Security Policy|'default-src'/.test(message.text())) refused.push(message.text());
  });
  open.defer(() => expect(refused, 'refused by the content policy').toEqual([]));
  const page = await context.newPage();
  await page.goto(await station.freshLink());
  return { page, station };
}

async function headless(dataFolder: string, browser: Browser, open: AsyncDisposableStack) {
  const { page, station } = await openHeadless(dataFolder, browser, open);
  return { page, pid: station.pid, client: station.client };
}

async function desktop(dataFolder: string, open: AsyncDisposableStack) {
  const program = await startDesktop(dataFolder);
  open.defer(async () => {
    const code = await program.stop();
    await program[Symbol.asyncDispose]();
    expect(code).toBe(0);
  });
  return { page: program.page, pid: program.pid, client: undefined };
}

/** The settings have no screen yet; the station reads them from the catalog when it starts. */
function writeSetting(dataFolder: string, segmentSeconds: number): void {
  const migrationsFolder = path.resolve(import.meta.dirname, '../../migrations');
  mkdirSync(path.join(dataFolder, 'catalog'), { mode: 0o700 });
  const catalog = openCatalog(path.join(dataFolder, 'catalog/lookout.db'), { migrationsFolder });
  new SettingRows(catalog).set('segmentSeconds', String(segmentSeconds));
  catalog.close();
}
