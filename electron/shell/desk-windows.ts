// The windows of the desk: each with a number, opened from one another, remembered and brought back by a start.

import { BrowserWindow, screen } from 'electron';
import type { Care } from './recovery.ts';
import {
  freeSeat,
  type RememberedWindow,
  reachable,
  readWindows,
  windowsLimit,
  writeWindows,
} from './remembered-windows.ts';
import { openDesk } from './window.ts';

/** A window that is being dragged moves many times a second. */
const writeAfterMs = 500;

interface DeskWindow {
  readonly window: BrowserWindow;
  remembered: RememberedWindow;
  /** Nothing may be asked of it any more. */
  isClosed: boolean;
}

export class DeskWindows {
  readonly #preload: string;
  readonly #file: string;
  readonly #care: Care;
  readonly #open = new Map<number, DeskWindow>();
  #writing: ReturnType<typeof setTimeout> | undefined;
  #isQuitting = false;

  /** `preload` is the absolute path of the built preload script, `file` where the windows are remembered. */
  constructor(preload: string, file: string, care: Care) {
    this.#preload = preload;
    this.#file = file;
    this.#care = care;
  }

  /** Those there were when the program ended. */
  openRemembered(): void {
    for (const window of readWindows(this.#file)) this.#show(window);
  }

  /** In front, and as large as it was; nothing once the program ends, which may take a while after its windows are gone. */
  focus(): void {
    if (this.#isQuitting) return;
    const [desk] = this.#open.values();
    if (desk === undefined) {
      this.openRemembered();
      return;
    }
    if (desk.isClosed) return;
    if (desk.window.isMinimized()) desk.window.restore();
    desk.window.focus();
  }

  /** From now on windows go because the program ends: they are to come back. */
  quitting(): void {
    this.#isQuitting = true;
    clearTimeout(this.#writing);
    this.#write();
  }

  /** One more, for another monitor; nothing when there are as many as there may be. */
  #another(): void {
    if (this.#open.size >= windowsLimit) return;
    const seat = freeSeat([...this.#open.keys()]);
    this.#show({ seat, isMaximized: false, isFullScreen: false });
    this.#write();
  }

  #show(remembered: RememberedWindow): void {
    const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const window = openDesk(this.#preload, {
      seat: remembered.seat,
      bounds: reachable(remembered.bounds, workAreas),
      onAnother: () => this.#another(),
      care: this.#care,
    });
    if (remembered.isMaximized) window.maximize();
    if (remembered.isFullScreen) window.setFullScreen(true);
    const desk: DeskWindow = { window, remembered, isClosed: false };
    this.#open.set(remembered.seat, desk);
    const moved = () => {
      desk.remembered = {
        seat: remembered.seat,
        bounds: window.getNormalBounds(),
        isMaximized: window.isMaximized(),
        isFullScreen: window.isFullScreen(),
      };
      clearTimeout(this.#writing);
      this.#writing = setTimeout(() => this.#write(), writeAfterMs);
    };
    window.on('resize', moved);
    window.on('move', moved);
    window.on('closed', () => {
      desk.isClosed = true;
      this.#closed(remembered.seat);
    });
  }

  /** The last one is remembered: closing it is how many people end a program. */
  #closed(seat: number): void {
    if (this.#isQuitting || this.#open.size === 1) return;
    this.#open.delete(seat);
    this.#write();
  }

  #write(): void {
    writeWindows(
      this.#file,
      [...this.#open.values()].map(({ remembered }) => remembered),
    );
  }
}
