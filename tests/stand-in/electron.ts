// Stand-in for the `electron` module: just what the shell uses, on real Chromium and the real file system.
// It is no Electron: the preload script runs in the page's own world, and there is no sandbox of Electron's making.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { wordsOf } from '../driver/processes.ts';
import { note } from './call-log.ts';
import { Chromium } from './chromium.ts';
import { Emitter, isPrevented, type Preventable } from './emitter.ts';
import { type Handler, LoopbackOrigin } from './loopback-origin.ts';
import type { ElectronOfPreload } from './preload-side.ts';
import { permissionsOf, Session } from './session.ts';
import { type IpcMainEvent, WebContents, type WebFrameMain } from './web-contents.ts';

export type { IpcMainEvent, Session, WebContents, WebFrameMain };
/** Only a preload script has these, from preload-side.ts. */
export declare const contextBridge: ElectronOfPreload['contextBridge'];
export declare const ipcRenderer: ElectronOfPreload['ipcRenderer'];

/** As the packed program: its words begin at once, without the file that Electron runs. */
const isPackaged = process.env['LOOKOUT_STAND_IN_PACKED'] !== undefined;
if (isPackaged) process.argv.splice(1, 1);

const browser = new Chromium();
let customOrigin: LoopbackOrigin | undefined;
let isReady = false;

function expectReady(wanted: boolean, call: string): void {
  if (isReady !== wanted)
    throw new Error(`${call} is called ${wanted ? 'after' : 'before'} the app is ready`);
}

type AppEvents = {
  'before-quit': [event: Preventable];
  'second-instance': [event: unknown, argv: string[], workingDirectory: string];
  'window-all-closed': [];
  /** Never told: macOS alone has it. */
  activate: [event: unknown];
};

class App extends Emitter<AppEvents> {
  readonly isPackaged = isPackaged;
  readonly #paths = { userData: path.join(tmpdir(), 'lookout-stand-in-user-data'), sessionData: '' };
  #isQuitting = false;

  setName(name: string): void {
    note('app.setName', name);
  }

  setPath(name: 'userData' | 'sessionData', folder: string): void {
    note('app.setPath', { name, folder });
    expectReady(false, 'app.setPath');
    if (!existsSync(folder)) throw new Error(`app.setPath: ${folder} does not exist`);
    this.#paths[name] = folder;
  }

  async whenReady(): Promise<void> {
    note('app.whenReady');
    isReady = true;
  }

  enableSandbox(): void {
    note('app.enableSandbox');
    expectReady(false, 'app.enableSandbox');
  }

  /** The first holds a file with its process id; a second one finds it alive and knocks with a signal. */
  requestSingleInstanceLock(): boolean {
    note('app.requestSingleInstanceLock');
    mkdirSync(this.#paths.userData, { recursive: true });
    const file = path.join(this.#paths.userData, 'stand-in.lock');
    const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (isStandIn(holder)) {
      process.kill(holder, 'SIGUSR2');
      return false;
    }
    writeFileSync(file, String(process.pid));
    process.on('SIGUSR2', () => this.emit('second-instance', {}, [], ''));
    process.once('exit', () => rmSync(file, { force: true }));
    return true;
  }

  relaunch(): void {
    note('app.relaunch');
  }

  quit(): void {
    if (this.#isQuitting) return;
    if (!isPrevented((event) => this.emit('before-quit', event))) this.exit(0);
  }

  exit(code: number): void {
    if (this.#isQuitting) return;
    this.#isQuitting = true;
    note('app.exit', code);
    customOrigin?.close();
    void browser.close().finally(() => process.exit(code));
  }
}

/** A killed one leaves its file behind, and its process id to anybody. */
function isStandIn(pid: number): boolean {
  return pid > 0 && wordsOf(pid).includes('stand-in/register.ts');
}

type Listener = (event: IpcMainEvent, data: unknown) => void;

class IpcMain {
  readonly #listeners = new Map<string, Listener[]>();

  on(channel: string, listener: Listener): this {
    note('ipcMain.on', channel);
    this.#listeners.set(channel, [...(this.#listeners.get(channel) ?? []), listener]);
    return this;
  }

  static deliver(to: IpcMain, channel: string, event: IpcMainEvent, data: unknown): void {
    for (const listener of to.#listeners.get(channel) ?? []) listener(event, data);
  }
}

interface CustomScheme {
  readonly scheme: string;
  readonly privileges?: {
    readonly standard?: boolean;
    readonly secure?: boolean;
    readonly supportFetchAPI?: boolean;
    readonly stream?: boolean;
    readonly codeCache?: boolean;
  };
}

class Protocol {
  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    note('protocol.registerSchemesAsPrivileged', schemes);
    expectReady(false, 'protocol.registerSchemesAsPrivileged');
  }

  handle(scheme: string, handler: Handler): void {
    note('protocol.handle', scheme);
    expectReady(true, 'protocol.handle');
    customOrigin = new LoopbackOrigin(scheme, 'station', handler);
  }
}

/** No key store: the shell takes its own file key, as on a Linux desk without a key ring. */
class SafeStorage {
  async isAsyncEncryptionAvailable(): Promise<boolean> {
    return false;
  }

  getSelectedStorageBackend(): 'basic_text' | 'gnome_libsecret' {
    return 'basic_text';
  }

  async encryptStringAsync(_text: string): Promise<Buffer> {
    throw new Error('the stand-in has no key store');
  }

  async decryptStringAsync(
    _sealed: Buffer,
  ): Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }> {
    throw new Error('the stand-in has no key store');
  }
}

class Dialog {
  showErrorBox(title: string, content: string): void {
    note('dialog.showErrorBox', { title, content });
    process.stderr.write(`${title}: ${content}\n`);
  }
}

/** One monitor, as large as the pages are. */
class Screen {
  getAllDisplays() {
    return [{ workArea: { x: 0, y: 0, width: 1280, height: 720 } }];
  }
}

interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface BrowserWindowOptions {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly minWidth?: number;
  readonly minHeight?: number;
  readonly show?: boolean;
  readonly title?: string;
  readonly backgroundColor?: string;
  readonly autoHideMenuBar?: boolean;
  readonly webPreferences?: {
    readonly preload?: string;
    readonly sandbox?: boolean;
    readonly contextIsolation?: boolean;
    readonly nodeIntegration?: boolean;
    readonly webviewTag?: boolean;
    readonly spellcheck?: boolean;
    readonly backgroundThrottling?: boolean;
  };
}

const windows = new Set<BrowserWindow>();
let loading = 0;

export class BrowserWindow extends Emitter<{ 'ready-to-show': []; closed: []; resize: []; move: [] }> {
  readonly webContents: WebContents;
  /** Nobody drags a page: its bounds stay those it was opened with, and `resize` and `move` are never told. */
  readonly #bounds: Bounds;

  constructor(options: BrowserWindowOptions = {}) {
    super();
    note('new BrowserWindow', options);
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    expectReady(true, 'new BrowserWindow');
    this.webContents = new WebContents(options.webPreferences?.preload, {
      origin: originNow,
      openPage: (wire) => openToBrowser().then(() => browser.page(wire)),
      onIpc: (channel, event, data) => IpcMain.deliver(ipcMain, channel, event, data),
    });
    windows.add(this);
    this.webContents.once('destroyed', () => {
      windows.delete(this);
      this.emit('closed');
      if (windows.size === 0) app.emit('window-all-closed');
    });
  }

  async loadURL(address: string): Promise<void> {
    loading += 1;
    try {
      await this.webContents.loadURL(address);
      this.emit('ready-to-show');
    } finally {
      loading -= 1;
      if (loading === 0) browser.announce();
    }
  }

  show(): void {
    note('window.show');
  }

  focus(): void {
    note('window.focus');
    this.webContents.focus();
  }

  getNormalBounds(): Bounds {
    return this.#bounds;
  }

  isMaximized(): boolean {
    return false;
  }

  maximize(): void {
    note('window.maximize');
  }

  isFullScreen(): boolean {
    return false;
  }

  setFullScreen(flag: boolean): void {
    note('window.setFullScreen', flag);
  }

  isMinimized(): boolean {
    return false;
  }

  restore(): void {
    note('window.restore');
  }
}

function originNow(): LoopbackOrigin {
  if (customOrigin === undefined) throw new Error('protocol.handle was not called before the first window');
  return customOrigin;
}

/** Before the first page: the server that stands for the scheme, and what Chromium may do by the shell's word. */
let opened: Promise<void> | undefined;
function openToBrowser(): Promise<void> {
  opened ??= (async () => {
    const origin = originNow();
    await origin.listen();
    const permissions = await permissionsOf(origin.custom);
    note('granted to our origin', permissions);
    await browser.guard((url) => origin.isOurs(url), WebContents.mayRequest, permissions);
  })();
  return opened;
}

export const app = new App();
export const ipcMain = new IpcMain();
export const protocol = new Protocol();
export const session = { defaultSession: new Session() };
export const safeStorage = new SafeStorage();
export const dialog = new Dialog();
export const screen = new Screen();
export type { IpcMain, SafeStorage };

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
