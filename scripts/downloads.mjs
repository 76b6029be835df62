// What is fetched from GitHub when it answers, and done without when it does not: Electron's runtime and a static FFmpeg.
import { existsSync } from 'node:fs';
import { at, node, ownEnvironment, readIfThere, run, say } from './machine.mjs';

/**
 * @typedef {object} Download
 * @property {'electron' | 'ffmpeg-static'} name the npm package whose binary it is
 * @property {string} title as it is told to the user
 * @property {string} version of that package
 * @property {() => boolean} isThere
 */

const isWindows = process.platform === 'win32';

/** @param {string} name */
function versionOf(name) {
  const text = readIfThere(at('node_modules', name, 'package.json'));
  return text === undefined ? '' : String(JSON.parse(text).version);
}

/** The path of Electron's program below its `dist`, as the package itself notes it once it is unpacked. */
export function electronProgram() {
  const inside = readIfThere(at('node_modules', 'electron', 'path.txt'));
  return inside === undefined ? undefined : at('node_modules', 'electron', 'dist', inside);
}

export function hasElectronRuntime() {
  const program = electronProgram();
  const unpacked = readIfThere(at('node_modules', 'electron', 'dist', 'version'))
    ?.trim()
    .replace(/^v/, '');
  return program !== undefined && existsSync(program) && unpacked === electronRuntime.version;
}

/** @type {Download} */
export const electronRuntime = {
  name: 'electron',
  title: "Electron's runtime",
  get version() {
    return versionOf('electron');
  },
  isThere: hasElectronRuntime,
};

/** @type {Download} */
export const staticFfmpeg = {
  name: 'ffmpeg-static',
  title: 'a static FFmpeg',
  get version() {
    return versionOf('ffmpeg-static');
  },
  isThere: () => existsSync(at('node_modules', 'ffmpeg-static', isWindows ? 'ffmpeg.exe' : 'ffmpeg')),
};

/**
 * Fetches one, with progress.
 * @param {Download} download
 * @returns {Promise<string | undefined>} in a few words why it failed; undefined when it is there
 */
export async function downloadRuntime({ name, title, isThere }) {
  say(`Fetching ${title} …`);
  const env = ownEnvironment({ NODE_USE_ENV_PROXY: '1' });
  const { code, output } = await run(node, [at('scripts', 'fetch-runtime.mjs'), name], {
    env,
    keep: 'errors',
  });
  if (code === 0 && isThere()) return undefined;
  const reason = output.trim().split('\n').at(-1) || 'it failed';
  say(`  not to be had: ${reason}`);
  return reason;
}
