// The stand-in held against electron.d.ts: what it has, Electron must have, of the same types. Only the compiler reads this.

import type * as Electron from 'electron';
import type * as StandIn from './electron.ts';
import type { ElectronOfPreload } from './preload-side.ts';

/** The shell is compiled against both, so that its listeners fit the events of both. */
type Listening = 'on' | 'once' | 'off' | 'emit';

/** Of `Fake` without listening: everything is in `Real`, and nothing is only in `Fake`. */
type As<
  Real,
  Fake extends Pick<Real, keyof Real & keyof Fake> & { [Own in Exclude<keyof Fake, keyof Real>]: never },
> = Fake;
type Of<Thing> = Omit<Thing, Listening>;

export type AsElectron = [
  As<Electron.App, Of<typeof StandIn.app>>,
  As<Electron.IpcMain, Of<StandIn.IpcMain>>,
  As<Electron.Protocol, Of<typeof StandIn.protocol>>,
  As<Electron.Session, Of<StandIn.Session>>,
  As<Electron.SafeStorage, Of<StandIn.SafeStorage>>,
  As<{ getAllDisplays(): { workArea: Electron.Rectangle }[] }, Of<typeof StandIn.screen>>,
  As<Electron.Dialog, Of<typeof StandIn.dialog>>,
  As<Omit<Electron.BrowserWindow, 'webContents'>, Omit<Of<StandIn.BrowserWindow>, 'webContents'>>,
  As<Omit<Electron.WebContents, 'mainFrame'>, Omit<Of<StandIn.WebContents>, 'mainFrame'>>,
  As<Electron.WebFrameMain, StandIn.WebFrameMain>,
  As<Electron.ContextBridge, ElectronOfPreload['contextBridge']>,
  As<Electron.IpcRenderer, Of<ElectronOfPreload['ipcRenderer']>>,
];
