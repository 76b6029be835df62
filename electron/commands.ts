// What the program does besides running a station: `check` proves its store, `rebuild` makes its catalog anew.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { systemClocks } from '../recorder/model/clock.ts';
import type { Log } from '../recorder/model/log.ts';
import { catalogFile } from './catalog/kept-catalog.ts';
import { claimDataFolder, DataFolderBusy, defaultDataFolder, explainDataFolder } from './data-folder.ts';
import { rebuildCatalog } from './footage/rebuild.ts';
import { checkStore, type HashedPart, isPart, partOfDay, reportLines } from './footage/store-check.ts';

export const commandUsage = `
  check [--data <folder>] [--all | --part <1-30> | --presence] [--json]
      proves that catalog and footage agree; the station may be running. Reads and hashes one thirtieth of the footage, another
      each day, or the part named, or all of it, or only looks whether files are there.
      Ends with 0 when all is well, 1 when something is broken, 2 for wrong arguments, 4 when not everything could be looked at.
  rebuild [--data <folder>] [--volume <folder>]… [--json]
      makes the catalog anew from the footage; the station must not be running. The old catalog is kept beside it.
      Ends with 0 when all footage is in the catalog, 1 when some is not, 2 for wrong arguments, 3 when the station runs.
`;

/** What the commands end with; scripts may rely on it. */
const exitCodes = { fine: 0, broken: 1, wrongArguments: 2, dataFolderBusy: 3, incomplete: 4 } as const;
const progressIntervalMs = 2_000;

export interface CommandSurroundings {
  readonly migrationsFolder: string;
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** Undefined when the first word names no command; else the exit code. */
export async function runCommand(
  words: readonly string[],
  around: CommandSurroundings,
): Promise<number | undefined> {
  const [command, ...rest] = words;
  if (command === 'check') return check(rest, around);
  if (command === 'rebuild') return rebuild(rest, around);
  return undefined;
}

function readWords(words: string[], { complain }: CommandSurroundings) {
  try {
    const { values } = parseArgs({
      args: words,
      options: {
        data: { type: 'string' },
        json: { type: 'boolean', default: false },
        all: { type: 'boolean', default: false },
        presence: { type: 'boolean', default: false },
        part: { type: 'string' },
        volume: { type: 'string', multiple: true, default: [] },
      },
    });
    const choices = [values.all, values.presence, values.part !== undefined].filter(Boolean).length;
    if (values.data === '' || choices > 1 || (values.part !== undefined && !isPart(values.part)))
      throw new Error();
    const dataFolder = values.data === undefined ? defaultDataFolder(process.env) : path.resolve(values.data);
    return { ...values, dataFolder };
  } catch {
    complain(commandUsage);
    return undefined;
  }
}

type Given = NonNullable<ReturnType<typeof readWords>>;

async function check(words: string[], around: CommandSurroundings): Promise<number> {
  const given = readWords(words, around);
  if (given === undefined) return exitCodes.wrongArguments;
  const today = partOfDay(systemClocks.wall.nowMs());
  const part: HashedPart = given.all ? 'all' : given.presence ? 'none' : Number(given.part ?? today);
  try {
    const report = await checkStore(catalogFile(given.dataFolder), part);
    around.say(given.json ? JSON.stringify(report, undefined, 2) : reportLines(report).join('\n'));
    if (!report.isSound) return exitCodes.broken;
    return report.isComplete ? exitCodes.fine : exitCodes.incomplete;
  } catch (error) {
    around.complain(`The catalog cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return exitCodes.incomplete;
  }
}

async function rebuild(words: string[], around: CommandSurroundings): Promise<number> {
  const given = readWords(words, around);
  if (given === undefined) return exitCodes.wrongArguments;
  let release: (() => void) | undefined;
  try {
    release = claimDataFolder(given.dataFolder);
    return await rebuildClaimed(given, around);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const ofFolder = release === undefined ? explainDataFolder(error, given.dataFolder) : undefined;
    around.complain(ofFolder ?? `The catalog could not be made anew: ${words}`);
    return error instanceof DataFolderBusy ? exitCodes.dataFolderBusy : exitCodes.broken;
  } finally {
    release?.();
  }
}

async function rebuildClaimed(
  given: Given,
  { say, complain, migrationsFolder }: CommandSurroundings,
): Promise<number> {
  let told = systemClocks.monotonic.now();
  const report = await rebuildCatalog({
    ...{ dataFolder: given.dataFolder, volumes: given.volume, migrationsFolder, clocks: systemClocks },
    log: complaints(complain),
    onProgress: ({ files, bytes }) => {
      if (given.json || systemClocks.monotonic.elapsedMs(told) < progressIntervalMs) return;
      told = systemClocks.monotonic.now();
      say(`${files} files, ${Math.round(bytes / 1_000_000)} MB …`);
    },
  });
  if (given.json) say(JSON.stringify(report, undefined, 2));
  else {
    say(
      `${report.segments} segments (${Math.round(report.bytes / 1_000_000)} MB) of ${report.cameras} cameras are in the catalog.`,
    );
    if (report.locks > 0) say(`${report.locks} evidence locks hold again.`);
    for (const name of report.withoutSignIn)
      say(
        `User and password of “${name}” are lost: give them again on the cameras screen, by Change address.`,
      );
    for (const file of report.quarantined) say(`Put into quarantine: ${file}`);
    for (const file of report.left) say(`Could not be read: ${file}`);
    for (const folder of report.missing) say(`No volume is there: ${folder}`);
  }
  return report.left.length + report.missing.length === 0 ? exitCodes.fine : exitCodes.broken;
}

/** Of a command's log only what went wrong is of interest, as lines. */
function complaints(complain: (line: string) => void): Log {
  const tell = (fields: Readonly<Record<string, unknown>>, message: string) => {
    const { err, path: file = '' } = fields;
    complain(`${message}. ${String(file)} ${err instanceof Error ? err.message : ''}`.trimEnd());
  };
  return { info: () => {}, warn: () => {}, error: tell };
}
