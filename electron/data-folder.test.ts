// The data folder: its place, and that a second station is refused while the first lives, and only then.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimDataFolder, DataFolderBusy, defaultDataFolder, explainDataFolder } from './data-folder.ts';

it('lies where the environment says', () => {
  expect(defaultDataFolder({ LOOKOUT_DATA: '/srv/a' })).toBe(path.resolve('/srv/a'));
  expect(defaultDataFolder({ XDG_DATA_HOME: '/home/x/data' })).toBe('/home/x/data/lookout');
  expect(defaultDataFolder({ XDG_DATA_HOME: 'not/absolute' })).toMatch(/\.local.share.lookout$/);
});

describe('claiming', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'lookout-data-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is for one at a time', () => {
    const release = claimDataFolder(folder);
    expect(() => claimDataFolder(folder)).toThrow(DataFolderBusy);
    release();
    claimDataFolder(folder)();
  });

  it('is refused in words where there can be no folder', () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    const wordsFor = (place: string) => {
      try {
        claimDataFolder(place);
        return 'claimed';
      } catch (error) {
        return explainDataFolder(error, place);
      }
    };
    for (const place of [file, path.join(file, 'below')])
      expect(wordsFor(place)).toMatch(/^The data folder .*file.* cannot be used: E(?:EXIST|NOTDIR): /);
    const ofPort = Object.assign(new Error('listen EACCES'), { code: 'EACCES', syscall: 'listen' });
    expect(explainDataFolder(ofPort, folder)).toBeUndefined();
  });

  it('ends with a process that is killed', async () => {
    const module = path.join(import.meta.dirname, 'data-folder.ts');
    const script = `import { claimDataFolder } from ${JSON.stringify(module)};
      claimDataFolder(${JSON.stringify(folder)}); console.log('mine'); setInterval(() => {}, 1000);`;
    const other = spawn(process.execPath, ['--input-type=module', '-e', script]);
    try {
      await once(other.stdout, 'data');
      expect(() => claimDataFolder(folder)).toThrow(DataFolderBusy);
    } finally {
      const exited = once(other, 'exit');
      other.kill('SIGKILL');
      await exited;
    }
    claimDataFolder(folder)();
  });
});
