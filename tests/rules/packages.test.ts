// Rules about what is installed: exact versions, a lock that installs from any registry, no script that runs unasked.
import { expect, it } from 'vitest';
import { textOf } from './tracked-files.ts';

interface Manifest {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
}

interface Lock {
  packages: Record<
    string,
    { version?: string; resolved?: string; integrity?: string; hasInstallScript?: boolean }
  >;
}

const manifest: Manifest = JSON.parse(textOf('package.json'));
const lock: Lock = JSON.parse(textOf('package-lock.json'));
const direct = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies };

it('every version is exact', () => {
  const loose = Object.entries(direct).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
  expect(loose).toEqual([]);
});

it('the lock holds those versions', () => {
  const different = Object.entries(direct).filter(
    ([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version,
  );
  expect(different).toEqual([]);
});

it('the lock names no address, and has a checksum for every package', () => {
  const packages = Object.entries(lock.packages).filter(([place]) => place !== '');
  expect(packages.filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
  expect(packages.filter(([, entry]) => entry.integrity === undefined).map(([place]) => place)).toEqual([]);
});

it('every package with an install script is decided upon', () => {
  const scripted = Object.entries(lock.packages)
    .filter(([, entry]) => entry.hasInstallScript)
    .map(([place]) => place.replace(/^.*node_modules\//, ''))
    // Fetches file events for macOS alone, and is optional there.
    .filter((name) => name !== 'fsevents');
  expect(scripted.filter((name) => !(name in manifest.allowScripts))).toEqual([]);
});

it('no script starts Node twice', () => {
  // A shell remembers where it found the first one; set-up brings another, which the second has to be (scripts/run.mjs).
  const twice = Object.entries(manifest.scripts).filter(([, script]) => script.split('node ').length > 2);
  expect(twice).toEqual([]);
});
