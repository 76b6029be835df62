// The real Chromium behind the stand-in's windows: one browser process, a page a window, reachable by a test over CDP.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { chromiumLaunch } from '../driver/chromium-launch.ts';

/**
 * One Chromium with its profile in a folder of its own. The address of its debugging port is written to the file that
 * LOOKOUT_STAND_IN_ENDPOINT names, as soon as it is known.
 */
export class Chromium {
  readonly #profile = mkdtempSync(path.join(tmpdir(), 'lookout-stand-in-'));
  #context: BrowserContext | undefined;
  #firstPageTaken = false;

  async page(): Promise<Page> {
    const context = (this.#context ??= await this.#launch());
    const first = context.pages()[0];
    if (!this.#firstPageTaken && first !== undefined) {
      this.#firstPageTaken = true;
      return first;
    }
    return context.newPage();
  }

  async close(): Promise<void> {
    await this.#context?.close();
    rmSync(this.#profile, { recursive: true, force: true });
  }

  async #launch(): Promise<BrowserContext> {
    const launch = chromiumLaunch();
    const context = await chromium.launchPersistentContext(this.#profile, {
      ...launch,
      args: [...launch.args, '--remote-debugging-port=0'],
      viewport: { width: 1280, height: 720 },
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    const endpoint = process.env['LOOKOUT_STAND_IN_ENDPOINT'];
    if (endpoint !== undefined) {
      const port = readFileSync(path.join(this.#profile, 'DevToolsActivePort'), 'utf8').split('\n')[0] ?? '';
      writeFileSync(endpoint, `http://127.0.0.1:${port}`);
    }
    return context;
  }
}
