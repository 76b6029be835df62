// The desktop: start-up as a list of named steps around the same station that runs headless.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { RPCHandler } from '@orpc/server/message-port';
import { app, BrowserWindow, ipcMain, protocol, safeStorage, session } from 'electron';
import { systemClocks } from '../recorder/model/clock.ts';
import { localAdmin } from './accounts/person.ts';
import { openLog } from './health/log-file.ts';
import { serveCalls } from './shell/calls.ts';
import { lockPermissions } from './shell/locks.ts';
import { scheme } from './shell/origin.ts';
import { systemSecretBox } from './shell/secrets.ts';
import { openDesk } from './shell/window.ts';
import { openStation, type Station } from './station.ts';

const { values: options } = parseArgs({
  options: { data: { type: 'string' } },
  // Electron and Chromium have switches of their own on the same line.
  strict: false,
  allowPositionals: true,
});

/** Longest wait for the station to close what it records before the program ends anyway, in ms. */
const stopLimitMs = 15_000;

interface Desktop {
  readonly station: Station;
  readonly closeLog: () => Promise<void>;
}

/** Where things lie: the same below the repository's top folder and inside the packaged application. */
function places() {
  const root = app.getAppPath();
  return {
    rendererFolder: path.join(root, 'dist/renderer'),
    migrationsFolder: path.join(root, 'migrations'),
    preload: path.join(root, 'dist/preload/preload.cjs'),
  };
}

/** Before the app is ready: the scheme must be known and the sandbox on before Chromium starts its processes. */
function prepare(): void {
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    {
      scheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

async function openDesktop(): Promise<Desktop> {
  const { rendererFolder, migrationsFolder } = places();
  const dataFolder = app.getPath('userData');
  const { log, close } = await openLog(dataFolder);
  const secrets = systemSecretBox(safeStorage, process.platform);
  const station = await openStation({
    dataFolder,
    shell: 'desktop',
    version: app.getVersion(),
    rendererFolder,
    migrationsFolder,
    clocks: systemClocks,
    log,
    ...(secrets === undefined ? {} : { secrets }),
  });
  protocol.handle(scheme, (request) => station.handle(request, localAdmin));
  lockPermissions(session.defaultSession);
  const handler = new RPCHandler(station.router);
  serveCalls(
    ipcMain,
    (port) => handler.upgrade(port, { context: station.context(localAdmin) }),
    (sender) => log.warn({ sender }, 'a call from a foreign frame was refused'),
  );
  return { station, closeLog: close };
}

/** Quitting waits for the recorders to close their files; a second request to quit does not shorten that. */
function stopBeforeQuit(desktop: Desktop): void {
  let stopping = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    const deadline = setTimeout(() => app.exit(1), stopLimitMs);
    void desktop.station
      .stop()
      .then(desktop.closeLog)
      .finally(() => {
        clearTimeout(deadline);
        app.exit(0);
      });
  });
}

function focusDesk(): void {
  const desk = BrowserWindow.getAllWindows()[0];
  if (desk === undefined) {
    openDesk(places().preload);
    return;
  }
  if (desk.isMinimized()) desk.restore();
  desk.focus();
}

async function start(): Promise<void> {
  const dataFolder = typeof options.data === 'string' ? options.data : process.env['LOOKOUT_DATA'];
  if (dataFolder !== undefined) app.setPath('userData', path.resolve(dataFolder));
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  prepare();
  await app.whenReady();
  const desktop = await openDesktop();
  stopBeforeQuit(desktop);
  app.on('second-instance', focusDesk);
  app.on('activate', focusDesk);
  app.on('window-all-closed', () => app.quit());
  openDesk(places().preload);
}

start().catch((error: unknown) => {
  process.stderr.write(
    `Lookout could not start: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  app.exit(1);
});
