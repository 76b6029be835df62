// The import table of docs/architecture.md as a rule of the linter: which room may import which, by resolved paths.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/**
 * @typedef {object} Room
 * @property {string} place a folder (ending in `/`) or a file, from the repository's folder; `*` stands for one name
 * @property {readonly string[]} mayImport places besides its own
 * @property {boolean} [pure] whether it also does without packages and Node's modules
 * @property {boolean} [desktop] whether it may import the module `electron`
 */

const recorder = 'recorder/';
const model = 'recorder/model/';
const media = 'recorder/media/';
const contract = 'electron/contract/';
const catalog = 'electron/catalog/';
const station = 'electron/station.ts';
const shell = 'electron/shell/';
const calls = 'electron/calls.ts';
const dataFolder = 'electron/data-folder.ts';
const commands = 'electron/commands.ts';
const terminal = 'electron/terminal.ts';
/** What either shell needs before there is a station, or instead: its folder, its log, the person at the desk. */
const starting = [
  ...[contract, station, model, dataFolder, commands, terminal],
  ...['electron/health/', 'electron/accounts/', catalog],
];
/** The calls of all subjects as one router, and where every subject tells what happened. */
const router = 'electron/router.ts';
const events = 'electron/events/';
/** The port that the desktop fills with the system's key store. */
const secretBox = 'electron/cameras/secret-box.ts';

/** The first room that holds a file is its room, so the narrow ones stand before the wide ones. */
/** @type {readonly Room[]} */
export const rooms = [
  { place: model, mayImport: [], pure: true },
  { place: media, mayImport: [model], pure: true },
  { place: 'recorder/ffmpeg/', mayImport: [model] },
  { place: 'recorder/segments/', mayImport: [model, media] },
  { place: 'recorder/motion/', mayImport: [model] },
  { place: 'recorder/live/', mayImport: [model, media] },
  { place: 'recorder/capture/', mayImport: [recorder] },
  { place: contract, mayImport: [model] },
  { place: catalog, mayImport: [contract, recorder] },
  // The contract made real (who may call, what an error becomes): every subject's calls build on it.
  { place: calls, mayImport: [contract, model] },
  { place: dataFolder, mayImport: [model] },
  { place: router, mayImport: [contract, calls, 'electron/*/'] },
  { place: station, mayImport: [contract, catalog, recorder, calls, router, dataFolder, 'electron/*/'] },
  { place: shell, mayImport: [contract, station, calls, model, secretBox], desktop: true },
  { place: 'electron/main.ts', mayImport: [shell, ...starting], desktop: true },
  { place: 'electron/preload.ts', mayImport: [contract], desktop: true },
  // The one handler of both shells leads to the subjects that answer with bytes.
  {
    place: 'electron/http/requests.ts',
    mayImport: [
      ...['electron/http/', contract, calls, model, router],
      ...['electron/live/', 'electron/playback/', 'electron/motion/'],
    ],
  },
  { place: 'electron/http/call-sockets.ts', mayImport: [contract, calls, router] },
  { place: 'electron/http/', mayImport: [contract, station, calls, model] },
  { place: 'electron/headless.ts', mayImport: ['electron/http/', ...starting] },
  // What the program does besides running a station, on the store alone.
  { place: commands, mayImport: [catalog, recorder, dataFolder, 'electron/footage/'] },
  { place: 'electron/*/', mayImport: [contract, catalog, recorder, calls, events] },
  { place: 'electron/', mayImport: [] },
  { place: recorder, mayImport: [] },
  { place: 'renderer/timeline/', mayImport: [model] },
  { place: 'renderer/commands/', mayImport: ['renderer/controls/'] },
  {
    place: 'renderer/motion/',
    mayImport: [
      ...[
        contract,
        model,
        'renderer/controls/',
        'renderer/commands/',
        'renderer/station/',
        'renderer/timeline/',
      ],
      ...['renderer/frame/full-screen.ts', 'renderer/playback/zone.ts'],
    ],
  },
  { place: 'renderer/', mayImport: [contract, model] },
  { place: 'scripts/', mayImport: [] },
  { place: 'tests/', mayImport: ['*'], desktop: true },
  { place: 'bench/', mayImport: ['*'] },
];

/**
 * @param {string} place as in the table
 * @param {string} file from the repository's folder
 * @returns {string | undefined} the part of the file's path that the place covers
 */
function covered(place, file) {
  if (place === '*') return '';
  const parts = place.split('/');
  const ofFile = file.split('/');
  const isFolder = parts.at(-1) === '';
  const length = isFolder ? parts.length - 1 : parts.length;
  if (isFolder ? ofFile.length <= length : ofFile.length !== length) return undefined;
  const fits = parts.slice(0, length).every((part, index) => part === '*' || part === ofFile[index]);
  return fits ? ofFile.slice(0, length).join('/') : undefined;
}

/** @param {string} file */
function roomOf(file) {
  return rooms.find(({ place }) => covered(place, file) !== undefined);
}

/** @param {readonly string[]} places */
function list(places) {
  return places.length === 0 ? 'no other room' : places.join(', ');
}

/**
 * Why a file may not import something, naming the right room; undefined when it may. Tests beside the code may import
 * anything but `electron`, which throws where its runtime is missing.
 * @param {string} file from the repository's folder, with `/`
 * @param {string} source as written in the import
 * @returns {string | undefined}
 */
export function objection(file, source) {
  const room = roomOf(file);
  if (room === undefined) return undefined;
  if (source === 'electron' || source.startsWith('electron/')) {
    if (room.desktop) return undefined;
    return `\`electron\` is imported in ${shell}, electron/main.ts and electron/preload.ts alone: what needs it belongs in ${shell}`;
  }
  if (/\.test\.tsx?$/.test(file)) return undefined;
  if (!source.startsWith('.')) {
    if (!room.pure) return undefined;
    return `${room.place} is pure: it imports no package and no module of Node; what needs "${source}" belongs in a room that may`;
  }
  const target = path.posix.join(path.posix.dirname(file), source);
  const own = covered(room.place, file);
  if (own !== undefined && covered(room.place, target) === own) return undefined;
  if (room.mayImport.some((place) => covered(place, target) !== undefined)) return undefined;
  const right = rooms.filter((other) => allows(other, target)).map(({ place }) => place);
  return `${room.place} may import ${list(room.mayImport)}, not ${target}; it may be imported in ${list(right)}`;
}

/**
 * @param {Room} room
 * @param {string} target
 */
function allows(room, target) {
  return room.mayImport.some((place) => place !== '*' && covered(place, target) !== undefined);
}

/** The rule, in the shape that the linter shares with ESLint. */
const rule = {
  create(/** @type {any} */ context) {
    const file = path.relative(root, context.filename).split(path.sep).join('/');
    const report = (/** @type {any} */ source) => {
      const message = typeof source?.value === 'string' ? objection(file, source.value) : undefined;
      if (message !== undefined) context.report({ node: source, message });
    };
    const look = (/** @type {any} */ node) => {
      report(node.source?.literal ?? node.source);
    };
    const lookAtCall = (/** @type {any} */ node) => {
      if (node.callee.name === 'require') report(node.arguments[0]);
    };
    return {
      ImportDeclaration: look,
      ImportExpression: look,
      ExportAllDeclaration: look,
      ExportNamedDeclaration: look,
      TSImportType: look,
      CallExpression: lookAtCall,
    };
  },
};

export default { meta: { name: 'rooms' }, rules: { 'import-table': rule } };
