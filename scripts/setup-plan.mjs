// The decisions of set-up, without its deeds: what is missing, from what is seen on the machine.
import { createHash } from 'node:crypto';

/**
 * What a command needs to be there: `packages` those of npm alone, `start` a station that records, `desktop` Electron's
 * runtime as well, `test` the peers of the tests.
 * @typedef {'packages' | 'start' | 'desktop' | 'test'} Need
 */

export const needs = /** @type {const} */ (['packages', 'start', 'desktop', 'test']);

/**
 * What set-up remembers in `node_modules`, so that it is gone when they are.
 * @typedef {object} Stamp
 * @property {string} lockHash SHA-256 of `package-lock.json` as installed
 * @property {Record<string, {version: string, reason: string}>} failedDownloads by name; not tried again for that version
 */

/**
 * One package of the system.
 * @typedef {object} SystemPackage
 * @property {string} name Debian 12's package
 * @property {string} [command] a program it brings, looked for on PATH
 */

/** @type {SystemPackage} */
const ffmpegPackage = { name: 'ffmpeg', command: 'ffmpeg' };

/** Packages the tests need; the RTSP servers are peers that nobody here wrote. */
/** @type {readonly SystemPackage[]} */
export const testPackages = [
  // Also where `ffmpeg-static` is: it brings no ffprobe, and the tests let ffprobe judge our files.
  ffmpegPackage,
  { name: 'chromium', command: 'chromium' },
  { name: 'fonts-dejavu-core' },
  { name: 'python3-gi' },
  { name: 'gir1.2-gst-rtsp-server-1.0' },
  { name: 'gstreamer1.0-plugins-base' },
  { name: 'gstreamer1.0-plugins-good' },
  { name: 'gstreamer1.0-plugins-bad' },
  { name: 'gstreamer1.0-plugins-ugly' },
  { name: 'gstreamer1.0-libav' },
  { name: 'gstreamer1.0-x' },
  { name: 'vlc-bin', command: 'cvlc' },
  { name: 'vlc-plugin-base' },
  { name: 'vlc-plugin-access-extra' },
  // Faults: a clock that is set, system calls that fail.
  { name: 'faketime', command: 'faketime' },
  { name: 'strace', command: 'strace' },
];

/**
 * The system packages a command needs.
 * @param {Need} need
 * @param {boolean} hasStaticFfmpeg whether `ffmpeg-static` brought its binary
 * @returns {readonly SystemPackage[]}
 */
export function packagesFor(need, hasStaticFfmpeg) {
  if (need === 'test') return testPackages;
  if (need === 'packages') return [];
  return hasStaticFfmpeg ? [] : [ffmpegPackage];
}

/**
 * The packages among `wanted` that are not there.
 * @param {readonly SystemPackage[]} wanted
 * @param {ReadonlySet<string> | undefined} installed names from dpkg; undefined where the system has no dpkg
 * @param {(command: string) => boolean} isOnPath
 * @returns {SystemPackage[]}
 */
export function missingPackages(wanted, installed, isOnPath) {
  return wanted.filter(({ name, command }) => {
    if (command !== undefined && isOnPath(command)) return false;
    if (installed !== undefined) return !installed.has(name);
    // Without dpkg only programs can be looked for; what has none is taken to have come with its neighbours.
    return command !== undefined;
  });
}

/**
 * Names of the installed packages in the answer of `dpkg-query -W -f='${Package} ${db:Status-Status}\n'`.
 * @param {string} answer
 * @returns {Set<string>}
 */
export function installedPackages(answer) {
  const names = new Set();
  for (const line of answer.split('\n')) {
    const [name, status] = line.split(' ');
    if (name && status === 'installed') names.add(name);
  }
  return names;
}

/**
 * How missing system packages come: by our own hand where we are root on a Debian, else by the user's.
 * @param {readonly SystemPackage[]} missing
 * @param {{isRoot: boolean, hasApt: boolean}} machine
 * @returns {{kind: 'nothing'} | {kind: 'install', packages: string[]} | {kind: 'tell', message: string}}
 */
export function planPackages(missing, machine) {
  if (missing.length === 0) return { kind: 'nothing' };
  const packages = missing.map(({ name }) => name);
  if (machine.hasApt && machine.isRoot) return { kind: 'install', packages };
  if (machine.hasApt) {
    return {
      kind: 'tell',
      message: `sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`,
    };
  }
  return { kind: 'tell', message: `install what brings ${packages.join(', ')} on this system` };
}

/**
 * SHA-256 of the lock file's text, in hex.
 * @param {string} lockText
 */
export function hashOf(lockText) {
  return createHash('sha256').update(lockText).digest('hex');
}

/**
 * Reads a stamp; a torn or foreign file counts as none.
 * @param {string | undefined} text
 * @returns {Stamp | undefined}
 */
export function parseStamp(text) {
  if (text === undefined) return undefined;
  try {
    const value = JSON.parse(text);
    if (typeof value?.lockHash !== 'string' || typeof value?.failedDownloads !== 'object') return undefined;
    return value;
  } catch {
    return undefined;
  }
}

/**
 * Whether the installed packages are those of the lock, from npm's own record of what it installed
 * (`node_modules/.package-lock.json`). Saves a second installation where somebody ran npm by hand.
 * @param {string} lockText
 * @param {string | undefined} installedText
 */
export function isInstalledAsLocked(lockText, installedText) {
  if (installedText === undefined) return false;
  const locked = packagesOf(lockText);
  const installed = packagesOf(installedText);
  return Object.entries(locked).every(([place, entry]) => {
    if (place === '') return true;
    const there = installed[place];
    // What is optional may be for another system, or may have failed to install without harm.
    if (there === undefined) return Boolean(entry.optional || entry.devOptional);
    return there.version === entry.version;
  });
}

/**
 * @param {string} lockText
 * @returns {Record<string, {version?: string, optional?: boolean, devOptional?: boolean}>}
 */
function packagesOf(lockText) {
  try {
    return JSON.parse(lockText).packages ?? {};
  } catch {
    return {};
  }
}

/**
 * Whether a download is worth trying: it is missing, and the same version has not failed before. A failure is
 * remembered, so that a machine without that network waits for it once and not at every start.
 * @param {Stamp} stamp
 * @param {{name: string, version: string, isThere: boolean}} download
 */
export function isDownloadDue(stamp, download) {
  return !download.isThere && stamp.failedDownloads[download.name]?.version !== download.version;
}

/**
 * Which shell `npm start` opens, and the one line to say when it is not the one that was asked for.
 * @param {{headless: boolean, hasScreen: boolean, hasRuntime: boolean, failure: string | undefined}} seen
 * @returns {{shell: 'desktop'} | {shell: 'headless', line?: string}}
 */
export function chooseShell({ headless, hasScreen, hasRuntime, failure }) {
  if (headless) return { shell: 'headless' };
  if (!hasScreen) {
    return {
      shell: 'headless',
      line: 'No screen here (DISPLAY is not set), so Lookout goes on headless: open the link below.',
    };
  }
  if (hasRuntime) return { shell: 'desktop' };
  const because = failure ?? 'it is not installed';
  return {
    shell: 'headless',
    line: `No Electron runtime (${because}; \`npm start -- --retry\` tries again), so Lookout goes on headless: open the link below.`,
  };
}
