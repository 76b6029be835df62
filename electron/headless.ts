// The station without a window: the same interface and calls on 127.0.0.1, for whoever opens the link it prints.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { systemClocks } from '../recorder/model/clock.ts';
import type { Log } from '../recorder/model/log.ts';
import { localAdmin } from './accounts/person.ts';
import { CatalogError } from './catalog/errors.ts';
import { Reopenings } from './catalog/reopenings.ts';
import { commandUsage, runCommand } from './commands.ts';
import { DataFolderBusy, defaultDataFolder, explainDataFolder } from './data-folder.ts';
import { letHeapGrow } from './health/heap.ts';
import { type LogFile, openLog } from './health/log-file.ts';
import type { Door } from './http/door.ts';
import { openDoorAgain } from './http/kept-port.ts';
import { openStation, type Station } from './station.ts';
import { complain, say } from './terminal.ts';

/** What the program ends with; scripts may rely on it. */
const exitCodes = { stopped: 0, failed: 1, wrongArguments: 2, dataFolderBusy: 3 } as const;
/** Longest wait for the recorders to close their files before the program ends anyway. */
const stopLimitMs = 15_000;
const damagedAgain =
  'its catalog was damaged again and again within an hour. Check the disk of the data folder, then start it again.';
/** Asks for another link where there is no desk to restart from (SIGUSR1 belongs to Node's debugger). */
const linkSignal = 'SIGUSR2';

const usage = `Usage: npm start -- --headless [--data <folder>] [--port <number>]

  --data <folder>   where catalog and recordings lie (default: $LOOKOUT_DATA, else ~/.local/share/lookout)
  --port <number>   port on 127.0.0.1 (default: that of the last time, or a free one)

Or: npm start -- <command>
${commandUsage}`;

interface Arguments {
  readonly dataFolder: string;
  readonly port: number;
}

/** Undefined when they cannot be read or ask for help. */
function readArguments(words: string[]): Arguments | undefined {
  try {
    const { values } = parseArgs({
      args: words,
      options: { data: { type: 'string' }, port: { type: 'string', default: '0' } },
    });
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535 || values.data === '')
      return undefined;
    const dataFolder = values.data === undefined ? defaultDataFolder(process.env) : path.resolve(values.data);
    return { dataFolder, port: Number(values.port) };
  } catch {
    return undefined;
  }
}

/** Where things lie below the repository's top folder. */
function places() {
  const root = path.join(import.meta.dirname, '..');
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return {
    version,
    rendererFolder: path.join(root, 'dist/renderer'),
    migrationsFolder: path.join(root, 'migrations'),
  };
}

function announce(door: Door): void {
  say(`Lookout is ready: ${door.newLink()}`);
  if (process.platform !== 'win32') {
    say(`The link opens one session. For another one: kill -USR2 ${process.pid}`);
  }
}

/** Runs until it is told to stop; resolves with the exit code. */
async function run(given: Arguments): Promise<number> {
  const stopAsked = Promise.withResolvers<string>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stopAsked.resolve);
  letHeapGrow();
  let opened: LogFile | undefined;
  try {
    opened = openLog(given.dataFolder, systemClocks);
    await runStation(given, opened.log, stopAsked.promise);
    return exitCodes.stopped;
  } catch (error) {
    opened?.log.error({ err: error }, 'the station ended');
    return explain(error, given.dataFolder);
  } finally {
    await opened?.close();
  }
}

async function runStation(
  { dataFolder, port }: Arguments,
  log: Log,
  stopAsked: Promise<string>,
): Promise<void> {
  const common = { clocks: systemClocks, log };
  const open = () => openStation({ ...common, ...places(), dataFolder, shell: 'headless' });
  let station = await open();
  let door: Door | undefined;
  try {
    const serve: Station['handle'] = (request, person) => station.handle(request, person);
    const talk: Station['talk'] = (socket, person) => station.talk(socket, person);
    door = await openDoorAgain(dataFolder, { ...common, port, person: localAdmin, serve, talk });
    const opened = door;
    announce(opened);
    process.on(linkSignal, () => announce(opened));
    const reopenings = new Reopenings(systemClocks.monotonic);
    for (;;) {
      const why = await Promise.race([stopAsked, station.damaged]);
      log.info({ signal: why ?? 'the catalog is damaged' }, 'stopping');
      if (why !== undefined) break;
      if (!reopenings.allowsAnother()) throw new Error(damagedAgain);
      await station.stop();
      // Opening puts the catalog back; windows connect again by themselves.
      station = await open();
    }
  } finally {
    const deadline = setTimeout(() => process.exit(exitCodes.failed), stopLimitMs);
    // First the station: windows then see their streams end instead of being cut off.
    await station.stop();
    await door?.close();
    clearTimeout(deadline);
  }
  log.info({}, 'stopped');
}

/** Says in words why there is no station; returns the exit code. */
function explain(error: unknown, dataFolder: string): number {
  const ofFolder = explainDataFolder(error, dataFolder);
  if (ofFolder !== undefined) complain(ofFolder);
  else if (error instanceof CatalogError) complain(`${error.message} ${error.hint}`);
  else if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
    complain('This port is taken. Choose another with --port.');
  else complain(`Lookout could not go on: ${error instanceof Error ? error.message : String(error)}`);
  return error instanceof DataFolderBusy ? exitCodes.dataFolderBusy : exitCodes.failed;
}

const words = process.argv.slice(2);
const commanded = await runCommand(words, { migrationsFolder: places().migrationsFolder, say, complain });
const given = commanded === undefined ? readArguments(words) : undefined;
if (commanded !== undefined) {
  process.exitCode = commanded;
} else if (given === undefined) {
  complain(usage);
  process.exitCode = exitCodes.wrongArguments;
} else {
  process.exit(await run(given));
}
