// A window's contents in the stand-in: a page of real Chromium that runs the real preload script.

import { readFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright';
import { note } from './call-log.ts';
import { Emitter, isPrevented, type Preventable } from './emitter.ts';
import type { LoopbackOrigin } from './loopback-origin.ts';
import {
  askBeforeOpening,
  documentBinding,
  openBinding,
  receiveFunction,
  sendBinding,
  tellOfDocument,
  type Wire,
  wrapPreload,
} from './preload-side.ts';

export interface WebFrameMain {
  /** As Electron would tell it: of the custom scheme where it is of our loopback server. */
  readonly url: string;
}

export interface IpcMainEvent {
  readonly sender: WebContents;
  readonly senderFrame: WebFrameMain | null;
}

/** What the stand-in needs of its surroundings. */
export interface Surroundings {
  readonly origin: () => LoopbackOrigin;
  /** A page of the browser once `wire` has prepared it. */
  readonly openPage: (wire: (page: Page) => Promise<void>) => Promise<Page>;
  readonly onIpc: (channel: string, event: IpcMainEvent, data: unknown) => void;
}

interface NavigationEvent extends Preventable {
  readonly url: string;
}

// A type and not an interface: only its names are its names.
type WebContentsEvents = {
  'will-navigate': [event: NavigationEvent];
  /** Never told: our own origin does not redirect, and foreign ones are not reached. */
  'will-redirect': [event: NavigationEvent];
  /** Never told: there is no webview in Chromium. */
  'will-attach-webview': [event: Preventable];
  'did-navigate': [event: unknown, url: string];
  'render-process-gone': [event: unknown, details: { readonly reason: string; readonly exitCode: number }];
  /** Never told, nor is its end: Chromium's watch over pages that hang is the embedder's to show. */
  unresponsive: [];
  responsive: [];
  destroyed: [];
};

interface OpenDetails {
  readonly url: string;
  readonly frameName: string;
  readonly features: string;
  readonly disposition: 'new-window';
  readonly referrer: { readonly url: string; readonly policy: 'default' };
}
type OpenHandler = (details: OpenDetails) => { readonly action: 'allow' | 'deny' };

const openDetails = (url: string): OpenDetails => ({
  ...{ url, frameName: '', features: '', disposition: 'new-window' },
  referrer: { url: '', policy: 'default' },
});

const frames = new WeakMap<Frame, WebFrameMain>();
const contentsOfPage = new WeakMap<Page, WebContents>();
const all = new Set<WebContents>();
let nextId = 1;

export class WebContents extends Emitter<WebContentsEvents> {
  readonly id = nextId++;
  readonly #surroundings: Surroundings;
  readonly #open: () => Promise<Page>;
  #page: Promise<Page>;
  /** The page there is, or was when its process went. */
  #current: Page | undefined;
  #isGone = false;
  #openHandler: OpenHandler = () => ({ action: 'allow' });
  #main: WebFrameMain | undefined;
  #destroyed = false;

  constructor(preload: string | undefined, surroundings: Surroundings) {
    super();
    this.#surroundings = surroundings;
    all.add(this);
    this.#open = () => surroundings.openPage((page) => this.#wire(page, preload));
    this.#page = this.#open();
  }

  /** Throws while the page is not there yet; messages only come from a page that is. */
  get mainFrame(): WebFrameMain {
    if (this.#main === undefined) throw new Error('the window has no page yet');
    return this.#main;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
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
    const receive = ([name, to, message]: readonly [string, string, Wire]) =>
      (Reflect.get(globalThis, name) as (channel: string, wire: Wire) => void)(to, message);
    void this.#page
      .then((page) => page.evaluate(receive, [receiveFunction, channel, wire] as const))
      // A page on its way out drops its messages, as Electron does.
      .catch(() => undefined);
  }

  getURL(): string {
    return this.#main?.url ?? '';
  }

  reload(): void {
    note('webContents.reload');
    // As in Electron nobody hears of it when it fails; a page that dies on its way tells of that itself.
    void this.loadURL(this.getURL()).catch(() => undefined);
  }

  forcefullyCrashRenderer(): void {
    note('webContents.forcefullyCrashRenderer');
    void this.#page
      .then((page) => page.context().newCDPSession(page))
      .then((session) => session.send('Page.crash'))
      .catch(() => undefined);
  }

  async loadURL(address: string): Promise<void> {
    if (this.#isGone) this.#replace();
    const page = await this.#page;
    await page.goto(this.#surroundings.origin().toLoopback(address));
  }

  /** Playwright is done with a page whose process is gone: the window goes on in another one of the same Chromium. */
  #replace(): void {
    const gone = this.#current;
    this.#isGone = false;
    this.#page = this.#open().then(async (page) => {
      await gone?.close();
      return page;
    });
  }

  focus(): void {
    void this.#page.then((page) => page.bringToFront());
  }

  /** Whether the page of that frame may go where it wants; asks the shell as Electron does. */
  static mayRequest(frame: Frame | undefined, loopbackUrl: string): boolean {
    const contents = frame && contentsOfPage.get(frame.page());
    if (contents !== undefined)
      return contents.#mayNavigate(frame === frame?.page().mainFrame(), loopbackUrl);
    // A page that is none of ours is one that ours opened.
    return [...all].every((opener) => opener.#openHandler(openDetails(loopbackUrl)).action === 'allow');
  }

  /** `will-navigate` is told for the top frame; what others load is the content policy's business. */
  #mayNavigate(isTop: boolean, loopbackUrl: string): boolean {
    if (!isTop) return true;
    const url = this.#surroundings.origin().toCustom(loopbackUrl);
    const prevented = isPrevented((event) => this.emit('will-navigate', { ...event, url }));
    note('will-navigate', { url, prevented });
    return !prevented;
  }

  #mayOpen(loopbackUrl: string): boolean {
    const url = this.#surroundings.origin().toCustom(loopbackUrl);
    const { action } = this.#openHandler(openDetails(url));
    note('window.open', { url, action });
    return action === 'allow';
  }

  async #wire(page: Page, preload: string | undefined): Promise<void> {
    contentsOfPage.set(page, this);
    this.#current = page;
    page.on('crash', () => {
      this.#isGone = true;
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    });
    this.#main = this.#frame(page.mainFrame());
    await page.exposeBinding(sendBinding, ({ frame }, channel: string, wire: Wire) => {
      const data = 'text' in wire ? wire.text : new Uint8Array(Buffer.from(wire.base64, 'base64'));
      this.#surroundings.onIpc(channel, { sender: this, senderFrame: this.#frame(frame) }, data);
    });
    await page.exposeBinding(openBinding, async (_source, url: string) => {
      if (this.#mayOpen(url)) await (await page.context().newPage()).goto(url);
    });
    // Electron tells of new documents here, and of a changed hash elsewhere.
    await page.exposeBinding(documentBinding, ({ frame }) => {
      if (frame === page.mainFrame()) this.emit('did-navigate', {}, this.mainFrame.url);
    });
    await page.addInitScript(tellOfDocument);
    await page.addInitScript(askBeforeOpening);
    if (preload !== undefined) await page.addInitScript(wrapPreload(readFileSync(preload, 'utf8')));
    // A link with a target opens a window without asking `window.open`.
    page.on('popup', (popup) => {
      if (!this.#mayOpen(popup.url())) void popup.close();
    });
    page.on('close', () => {
      if (page !== this.#current) return;
      all.delete(this);
      this.#destroyed = true;
      this.emit('destroyed');
    });
  }

  #frame(frame: Frame): WebFrameMain {
    const known = frames.get(frame);
    if (known !== undefined) return known;
    const { origin } = this.#surroundings;
    const made = {
      get url() {
        return origin().toCustom(frame.url());
      },
    };
    frames.set(frame, made);
    return made;
  }
}
