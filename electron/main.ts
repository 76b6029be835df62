// The desktop: start-up as a list of named steps around the same station that runs headless.

import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { app, dialog, ipcMain, protocol, safeStorage, session } from 'electron';
import { systemClocks } from '../recorder/model/clock.ts';
import type { Log } from '../recorder/model/log.ts';
import { localAdmin } from './accounts/person.ts';
import { CatalogError } from './catalog/errors.ts';
import { runCommand } from './commands.ts';
import { defaultDataFolder, explainDataFolder } from './data-folder.ts';
import { letHeapGrow } from './health/heap.ts';
import { openLog } from './health/log-file.ts';
import { serveCalls } from './shell/calls.ts';
import { DeskWindows } from './shell/desk-windows.ts';
import { lockPermissions } from './shell/locks.ts';
import { scheme } from './shell/origin.ts';
import { systemSecretBox } from './shell/secrets.ts';
import { openStation, type Station } from './station.ts';
import { complain, say } from './terminal.ts';

/** Longest wait for the station to close what it records before the program ends anyway, in ms. */
const stopLimitMs = 15_000;

interface Desktop {
  readonly station: Station;
  readonly log: Log;
  readonly closeLog: () => Promise<void>;
}

/** The top folder of the repository, or of the package: this program is built to `dist/main/main.js` in both. */
const root = path.join(import.meta.dirname, '../..');
const preload = path.join(root, 'dist/preload/preload.cjs');

/** What was written behind the program; beside its sources Electron is the program, and this file its first word. */
const words = process.argv.slice(app.isPackaged ? 1 : 2);

/** `--data <folder>`, else where the headless station keeps it: one machine has one station, whatever shows it. */
function chooseDataFolder(): string {
  const { values } = parseArgs({
    args: words,
    options: { data: { type: 'string' } },
    // Electron and Chromium have switches of their own on the same line.
    strict: false,
    allowPositionals: true,
  });
  return typeof values.data === 'string' ? path.resolve(values.data) : defaultDataFolder(process.env);
}

/** Before the app is ready: which folder is ours alone, the scheme and the sandbox. False when another desk is at work. */
function prepare(dataFolder: string): boolean {
  const profile = path.join(dataFolder, 'window');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  app.setName('Lookout');
  // The lock of the single instance lies in `userData`, Chromium's caches in `sessionData`.
  app.setPath('userData', dataFolder);
  app.setPath('sessionData', profile);
  if (!app.requestSingleInstanceLock()) return false;
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    {
      scheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
  return true;
}

async function openDesktop(dataFolder: string): Promise<Desktop> {
  letHeapGrow();
  const { log, close } = openLog(dataFolder, systemClocks);
  try {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    const secrets = await systemSecretBox(dataFolder, safeStorage, process.platform, {
      clock: systemClocks.wall,
      log,
    });
    const station = await openStation({
      dataFolder,
      shell: 'desktop',
      version,
      rendererFolder: path.join(root, 'dist/renderer'),
      migrationsFolder: path.join(root, 'migrations'),
      clocks: systemClocks,
      log,
      ...(secrets === undefined ? {} : { secrets }),
    });
    protocol.handle(scheme, (request) => station.handle(request, localAdmin));
    lockPermissions(session.defaultSession);
    serveCalls(ipcMain, {
      router: station.router,
      context: station.context(localAdmin),
      onRefused: (sender) => log.warn({ sender }, 'a message from a window was refused'),
    });
    return { station, log, closeLog: close };
  } catch (error) {
    log.error({ err: error }, 'the station did not open');
    await close();
    throw error;
  }
}

/** Quitting waits for the recorders to close their files; a second request to quit does not shorten that. */
function stopBeforeQuit(opening: Promise<Desktop>): void {
  const stop = async () => {
    const { station, closeLog } = await opening;
    await station.stop();
    await closeLog();
  };
  let stopping = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    setTimeout(() => app.exit(1), stopLimitMs).unref();
    stop().then(
      () => app.exit(0),
      () => app.exit(1),
    );
  });
}

function explain(error: unknown): string {
  const ofFolder = explainDataFolder(error, chooseDataFolder());
  if (ofFolder !== undefined) return ofFolder;
  if (error instanceof CatalogError) return `${error.message} ${error.hint}`;
  return error instanceof Error ? error.message : String(error);
}

async function start(): Promise<void> {
  const dataFolder = chooseDataFolder();
  if (!prepare(dataFolder)) {
    app.exit(0);
    return;
  }
  await app.whenReady();
  const opening = openDesktop(dataFolder);
  stopBeforeQuit(opening);
  const { station, log } = await opening;
  // Opening it again puts the catalog back.
  void station.damaged.then(() => {
    app.relaunch();
    app.quit();
  });
  const remembered = path.join(dataFolder, 'window/windows.json');
  const windows = new DeskWindows(preload, remembered, { log, clocks: systemClocks });
  app.on('before-quit', () => windows.quitting());
  app.on('second-instance', () => windows.focus());
  app.on('activate', () => windows.focus());
  app.on('window-all-closed', () => app.quit());
  windows.openRemembered();
}

/** The packed program is all that its machine has of Lookout: `lookout check` and `lookout rebuild` open no window. */
const commanded = await runCommand(
  // Where the desk is root, Chromium needs this one.
  words.filter((word) => word !== '--no-sandbox'),
  { migrationsFolder: path.join(root, 'migrations'), say, complain },
);
if (commanded !== undefined) app.exit(commanded);
else {
  start().catch((error: unknown) => {
    dialog.showErrorBox('Lookout could not start', explain(error));
    app.exit(1);
  });
}
