// The real Chromium behind the stand-in's windows: one browser process, a page a window, reachable by a test over CDP.

import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Frame, type Page, type Request } from 'playwright';
import { chromiumLaunch } from '../driver/chromium-launch.ts';

/** Asked for every request to an address that is not our own origin. */
export type MayRequest = (frame: Frame | undefined, url: string) => boolean;

/** One Chromium with its profile in a folder of its own. */
export class Chromium {
  readonly #profile = mkdtempSync(path.join(tmpdir(), 'lookout-stand-in-'));
  #context: Promise<BrowserContext> | undefined;
  #firstPageTaken = false;
  #lastPage: Promise<unknown> = Promise.resolve();

  /**
   * A page that `wire` has prepared; one after another. Playwright puts what all exposed bindings stand on into the pages there
   * are when the first of them is exposed: a page that is just opening then is passed over, and has no bindings for good.
   */
  page(wire: (page: Page) => Promise<void>): Promise<Page> {
    const wired = this.#lastPage.then(async () => {
      const page = await this.#newPage();
      await wire(page);
      return page;
    });
    this.#lastPage = wired.catch(() => undefined);
    return wired;
  }

  /** From now on requests outside of `isOurs` go out only when `mayRequest` says so; pages of `origin` get these permissions and no others. */
  async guard(
    isOurs: (url: string) => boolean,
    mayRequest: MayRequest,
    permissions: readonly string[],
  ): Promise<void> {
    const context = await (this.#context ??= this.#launch());
    // Only foreign addresses are stopped to ask: intercepting our own would take the page its HTTP cache.
    await context.route(
      (url) => !isOurs(url.href),
      async (route, request) => {
        const leaves = request.isNavigationRequest() && !mayRequest(frameOf(request), request.url());
        await (leaves ? route.abort('aborted') : route.continue());
      },
    );
    await context.grantPermissions([...permissions]);
  }

  /**
   * Writes the address of the debugging port to the file that LOOKOUT_STAND_IN_ENDPOINT names. A test that attaches itself to a
   * page before that has run its first scripts may keep them from it.
   */
  announce(): void {
    const endpoint = process.env['LOOKOUT_STAND_IN_ENDPOINT'];
    if (endpoint === undefined || existsSync(endpoint)) return;
    const port = readFileSync(path.join(this.#profile, 'DevToolsActivePort'), 'utf8').split('\n')[0] ?? '';
    // Whoever waits for the file never reads half of it.
    writeFileSync(`${endpoint}.part`, `http://127.0.0.1:${port}`);
    renameSync(`${endpoint}.part`, endpoint);
  }

  async close(): Promise<void> {
    const context = await this.#context?.catch(() => undefined);
    await context?.close();
    rmSync(this.#profile, { recursive: true, force: true });
  }

  async #newPage(): Promise<Page> {
    const context = await (this.#context ??= this.#launch());
    const first = context.pages()[0];
    if (!this.#firstPageTaken && first !== undefined) {
      this.#firstPageTaken = true;
      return first;
    }
    return context.newPage();
  }

  async #launch(): Promise<BrowserContext> {
    const launch = chromiumLaunch();
    const context = await chromium.launchPersistentContext(this.#profile, {
      ...launch,
      args: [
        ...launch.args,
        '--remote-debugging-port=0',
        // A camera and a microphone, so that it is a permission that refuses them.
        '--use-fake-device-for-media-stream',
      ],
      viewport: { width: 1280, height: 720 },
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    return context;
  }
}

/** Undefined for the first request of a page that was just opened: it has no frame yet. */
function frameOf(request: Request): Frame | undefined {
  try {
    return request.frame();
  } catch {
    return undefined;
  }
}
