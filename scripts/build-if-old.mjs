// Builds what a shell needs when it is missing or older than its sources; a build that is fresh costs some milliseconds.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { at, node, PlainError, readIfThere, run, say } from './machine.mjs';

/**
 * What each shell is built of. Headless runs the station from its sources and needs the interface alone.
 * @type {Record<'headless' | 'desktop', {environments: string[], sources: string[]}>}
 */
const builds = {
  headless: { environments: ['client'], sources: ['renderer', 'electron/contract', 'recorder/model'] },
  desktop: { environments: ['client', 'main', 'preload'], sources: ['renderer', 'electron', 'recorder'] },
};

/**
 * @param {'headless' | 'desktop'} shell
 * @throws {PlainError} when the build fails
 */
export async function buildIfOld(shell) {
  const { environments, sources } = builds[shell];
  const stampFile = at('dist', `${shell}.built`);
  const fingerprint = fingerprintOf([...sources, 'vite.config.ts', 'package-lock.json']);
  if (readIfThere(stampFile) === fingerprint) return;
  say('Building the interface (when its sources changed) …');
  const { code, output } = await run(node, [at('scripts/build.mjs'), ...environments], { keep: 'all' });
  if (code !== 0) throw new PlainError(`The build failed:\n${output.trim()}`);
  mkdirSync(at('dist'), { recursive: true });
  writeFileSync(stampFile, fingerprint);
}

/**
 * A hash over names, sizes and times of change: reading every source would cost more than it tells.
 * @param {string[]} places
 */
function fingerprintOf(places) {
  const hash = createHash('sha256');
  for (const place of places) {
    for (const file of filesBelow(at(place))) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${file} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} place
 * @returns {string[]} sorted, without tests
 */
function filesBelow(place) {
  if (statSync(place).isFile()) return [place];
  return readdirSync(place, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(place, entry.name);
      if (entry.isDirectory()) return filesBelow(file);
      return /\.test\.tsx?$/.test(entry.name) ? [] : [file];
    });
}
