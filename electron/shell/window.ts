// The desk's window: sandboxed, isolated, shown when its first picture is painted.

import { BrowserWindow } from 'electron';
import { lockNavigation } from './locks.ts';
import { startPage } from './origin.ts';
import { type Care, keepAlive } from './recovery.ts';
import type { Bounds } from './remembered-windows.ts';

/** Smallest size the desk is drawn for (style: usable at 1280×720, window borders included). */
const smallest = { width: 960, height: 600 };

interface DeskOptions {
  /** Its number among the windows of the desk. */
  readonly seat: number;
  /** Left out: the usual size, wherever the system puts it. */
  readonly bounds: Bounds | undefined;
  /** The window asks for another one beside it. */
  onAnother(): void;
  readonly care: Care;
}

/** Opens a window of the desk. `preload` is the absolute path of the built preload script. */
export function openDesk(preload: string, { seat, bounds, onAnother, care }: DeskOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...(bounds ?? { width: 1600, height: 900 }),
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'Lookout',
    backgroundColor: '#0b0e12',
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      // The wall goes on while another window covers it.
      backgroundThrottling: false,
    },
  });
  lockNavigation(window.webContents, onAnother);
  window.once('ready-to-show', () => window.show());
  const home = `${startPage}?window=${seat}`;
  keepAlive(window.webContents, { seat, home }, care);
  // A page that dies on its way is loaded again, and is no reason for the program to end.
  window
    .loadURL(home)
    .catch((error: unknown) => care.log.warn({ err: error, window: seat }, 'a window did not load'));
  return window;
}
