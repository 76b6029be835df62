// A window's contents in the stand-in: a page of real Chromium that runs the real preload script.

import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type {
  IpcMainEvent,
  WebContents as RealWebContents,
  WebFrameMain,
  WindowOpenHandlerResponse,
} from 'electron';
import type { Frame, Page, Route } from 'playwright';
import { note } from './call-log.ts';
import type { LoopbackOrigin } from './loopback-origin.ts';

/** What the stand-in needs of its surroundings. */
export interface Surroundings {
  readonly origin: () => LoopbackOrigin;
  readonly onIpc: (channel: string, event: IpcMainEvent, data: unknown) => void;
}

/** Binary messages cross Playwright's JSON bindings as base64. */
type Wire = { readonly text: string } | { readonly base64: string };

/** The page's half: `require('electron')` for the preload script, in the page's own world (isolation is Electron's). */
function preloadPrelude(): string {
  return `
    const listeners = new Map();
    globalThis.__lookoutStandInReceive = (channel, wire) => {
      const data = 'text' in wire ? wire.text : Uint8Array.from(atob(wire.base64), (c) => c.charCodeAt(0));
      for (const listener of [...(listeners.get(channel) ?? [])]) listener({}, data);
    };
    const toWire = (data) => typeof data === 'string' ? { text: data }
      : { base64: btoa(Array.from(new Uint8Array(data.buffer ?? data, data.byteOffset ?? 0, data.byteLength), (b) => String.fromCharCode(b)).join('')) };
    const electron = {
      contextBridge: { exposeInMainWorld: (name, api) => Object.defineProperty(globalThis, name, { value: Object.freeze(api) }) },
      ipcRenderer: {
        send: (channel, data) => void globalThis.__lookoutStandInSend(channel, toWire(data)),
        on: (channel, listener) => void listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
        off: (channel, listener) => void listeners.set(channel, (listeners.get(channel) ?? []).filter((l) => l !== listener)),
      },
    };
    const require = (name) => { if (name === 'electron') return electron; throw new Error('preload may not require ' + name); };`;
}

const frames = new WeakMap<Frame, WebFrameMain>();

let nextId = 1;

export class WebContents extends EventEmitter {
  readonly id = nextId++;
  readonly #surroundings: Surroundings;
  readonly #page: Promise<Page>;
  #openHandler: (details: { url: string }) => WindowOpenHandlerResponse = () => ({ action: 'allow' });
  #main: WebFrameMain | undefined;
  #destroyed = false;

  constructor(page: Promise<Page>, preload: string | undefined, surroundings: Surroundings) {
    super();
    this.#surroundings = surroundings;
    this.#page = page.then(async (ready) => {
      await this.#wire(ready, preload);
      return ready;
    });
  }

  /** Throws while the page is not there yet; messages only come from a page that is. */
  get mainFrame(): WebFrameMain {
    if (this.#main === undefined) throw new Error('the window has no page yet');
    return this.#main;
  }

  setWindowOpenHandler(handler: (details: { url: string }) => WindowOpenHandlerResponse): void {
    note('webContents.setWindowOpenHandler');
    this.#openHandler = handler;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  send(channel: string, data: unknown): void {
    const wire: Wire =
      typeof data === 'string'
        ? { text: data }
        : { base64: Buffer.from(data as Uint8Array).toString('base64') };
    void this.#page
      .then((page) =>
        page.evaluate(
          ([name, message]) => {
            const receive = Reflect.get(globalThis, '__lookoutStandInReceive') as (
              n: string,
              w: unknown,
            ) => void;
            receive(name, message);
          },
          [channel, wire] as const,
        ),
      )
      // A page on its way out drops its messages, as Electron does.
      .catch(() => undefined);
  }

  async load(address: string): Promise<void> {
    const page = await this.#page;
    await page.goto(this.#surroundings.origin().toLoopback(address));
  }

  async bringToFront(): Promise<void> {
    await (await this.#page).bringToFront();
  }

  async destroy(): Promise<void> {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.emit('destroyed');
    await this.#page.then((page) => page.close()).catch(() => undefined);
  }

  async #wire(page: Page, preload: string | undefined): Promise<void> {
    this.#main = this.#frame(page.mainFrame());
    await page.exposeBinding('__lookoutStandInSend', ({ frame }, channel: string, wire: Wire) => {
      const data = 'text' in wire ? wire.text : new Uint8Array(Buffer.from(wire.base64, 'base64'));
      const event = { sender: this as unknown as RealWebContents, senderFrame: this.#frame(frame) };
      this.#surroundings.onIpc(channel, event as IpcMainEvent, data);
    });
    if (preload !== undefined) {
      // Electron runs a preload script in the top frame only, unless nodeIntegrationInSubFrames is set.
      const source = readFileSync(preload, 'utf8');
      await page.addInitScript(
        `if (window === window.top) { const exports = {}; const module = { exports };${preloadPrelude()}\n${source}\n}`,
      );
    }
    // Only foreign addresses are stopped to ask: intercepting our own would take the page its HTTP cache.
    await page.route(
      (url) => !this.#surroundings.origin().isOurs(url.href),
      (route) => this.#route(route, page),
    );
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.emit('did-navigate', {}, this.#main?.url ?? '');
    });
    page.on('popup', (popup) => {
      const { action } = this.#openHandler({ url: popup.url() });
      note('window.open', { action });
      if (action === 'deny') void popup.close();
    });
    page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }));
    page.on('close', () => {
      if (this.#destroyed) return;
      this.#destroyed = true;
      this.emit('destroyed');
    });
  }

  #frame(frame: Frame): WebFrameMain {
    const known = frames.get(frame);
    if (known !== undefined) return known;
    const origin = this.#surroundings.origin;
    const made = {
      get url() {
        return origin().toCustom(frame.url());
      },
    } as WebFrameMain;
    frames.set(frame, made);
    return made;
  }

  /** `will-navigate`: asked for every navigation of the top frame away from the custom origin. */
  async #route(route: Route, page: Page): Promise<void> {
    const request = route.request();
    const leaves = request.isNavigationRequest() && request.frame() === page.mainFrame();
    if (leaves) {
      let prevented = false;
      const url = this.#surroundings.origin().toCustom(request.url());
      this.emit('will-navigate', { url, preventDefault: () => (prevented = true) });
      note('will-navigate', { url, prevented });
      if (prevented) return route.abort('aborted');
    }
    return route.continue();
  }
}
