// Stand-in for the `electron` module: just what the shell uses, on real Chromium and the real file system.
// It is no Electron: the preload script runs in the page's own world, and there is no sandbox of Electron's making.

import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserWindowConstructorOptions, CustomScheme, IpcMainEvent, Session } from 'electron';
import { note } from './call-log.ts';
import { Chromium } from './chromium.ts';
import { type Handler, LoopbackOrigin } from './loopback-origin.ts';
import { WebContents } from './web-contents.ts';

const root = path.resolve(import.meta.dirname, '../..');
const browser = new Chromium();
let customOrigin: LoopbackOrigin | undefined;

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly name = 'Lookout';
  #userData = path.join(root, 'test-results', 'stand-in-user-data');
  #quitting = false;

  getVersion(): string {
    return '0.0.0-stand-in';
  }

  getAppPath(): string {
    return root;
  }

  getPath(_name: 'userData'): string {
    return this.#userData;
  }

  setPath(_name: 'userData', folder: string): void {
    note('app.setPath', folder);
    this.#userData = folder;
  }

  async whenReady(): Promise<void> {
    note('app.whenReady');
  }

  enableSandbox(): void {
    note('app.enableSandbox');
  }

  /** The first holds a file with its process id; a second one finds it alive and knocks with a signal. */
  requestSingleInstanceLock(): boolean {
    note('app.requestSingleInstanceLock');
    mkdirSync(this.#userData, { recursive: true });
    const file = path.join(this.#userData, 'stand-in.lock');
    const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (holder > 0 && knock(holder)) return false;
    writeFileSync(file, String(process.pid));
    process.on('SIGUSR2', () => this.emit('second-instance', {}, [], ''));
    process.once('exit', () => rmSync(file, { force: true }));
    return true;
  }

  focus(): void {
    note('app.focus');
  }

  quit(): void {
    if (this.#quitting) return;
    let prevented = false;
    this.emit('before-quit', { preventDefault: () => (prevented = true) });
    if (!prevented) this.exit(0);
  }

  exit(code: number): void {
    if (this.#quitting) return;
    this.#quitting = true;
    note('app.exit', code);
    customOrigin?.close();
    void browser.close().finally(() => process.exit(code));
  }
}

function knock(pid: number): boolean {
  try {
    process.kill(pid, 'SIGUSR2');
    return true;
  } catch {
    return false;
  }
}

class IpcMain extends EventEmitter {}

class Protocol {
  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    note('protocol.registerSchemesAsPrivileged', schemes);
  }

  handle(scheme: string, handler: Handler): void {
    note('protocol.handle', scheme);
    customOrigin = new LoopbackOrigin(scheme, 'station', handler);
  }
}

type PermissionRequest = Parameters<Session['setPermissionRequestHandler']>[0];
type PermissionCheck = Parameters<Session['setPermissionCheckHandler']>[0];

/** Chromium's own permissions stay refused (headless); that the shell set its handlers is in the call log. */
class DefaultSession {
  setPermissionRequestHandler(handler: PermissionRequest): void {
    note('session.setPermissionRequestHandler', handler !== null);
  }

  setPermissionCheckHandler(handler: PermissionCheck): void {
    note('session.setPermissionCheckHandler', handler !== null);
  }

  setDevicePermissionHandler(handler: unknown): void {
    note('session.setDevicePermissionHandler', handler !== null);
  }
}

/** No key store: the shell takes its own file key, as on a Linux desk without a key ring. */
class SafeStorage {
  isEncryptionAvailable(): boolean {
    return false;
  }

  getSelectedStorageBackend(): 'basic_text' {
    return 'basic_text';
  }

  encryptString(_text: string): Buffer {
    throw new Error('the stand-in has no key store');
  }

  decryptString(_sealed: Buffer): string {
    throw new Error('the stand-in has no key store');
  }
}

class PowerSaveBlocker {
  start(type: 'prevent-app-suspension' | 'prevent-display-sleep'): number {
    note('powerSaveBlocker.start', type);
    return 1;
  }

  stop(id: number): boolean {
    note('powerSaveBlocker.stop', id);
    return true;
  }
}

class Window extends EventEmitter {
  readonly webContents: WebContents;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    note('new BrowserWindow', options);
    this.webContents = new WebContents(browser.page(), options.webPreferences?.preload, {
      origin: () => {
        if (customOrigin === undefined)
          throw new Error('protocol.handle was not called before the first window');
        return customOrigin;
      },
      onIpc: (channel, event: IpcMainEvent, data) => ipcMain.emit(channel, event, data),
    });
    windows.add(this);
    this.webContents.once('destroyed', () => {
      windows.delete(this);
      this.emit('closed');
      if (windows.size === 0) app.emit('window-all-closed');
    });
  }

  static getAllWindows(): Window[] {
    return [...windows];
  }

  async loadURL(address: string): Promise<void> {
    await customOrigin?.listen();
    await this.webContents.load(address);
    this.emit('ready-to-show');
  }

  show(): void {
    note('window.show');
  }

  focus(): void {
    note('window.focus');
    void this.webContents.bringToFront();
  }

  isMinimized(): boolean {
    return false;
  }

  restore(): void {
    note('window.restore');
  }
}

const windows = new Set<Window>();

export const app = new App();
export const ipcMain = new IpcMain();
export const protocol = new Protocol();
export const session = { defaultSession: new DefaultSession() };
export const safeStorage = new SafeStorage();
export const powerSaveBlocker = new PowerSaveBlocker();
export { Window as BrowserWindow };

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
