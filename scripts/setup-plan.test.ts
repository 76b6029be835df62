// The decisions of set-up, from made-up sights of a machine.
import { describe, expect, it } from 'vitest';
import {
  chooseShell,
  hashOf,
  installedPackages,
  isDownloadDue,
  isInstalledAsLocked,
  missingPackages,
  packagesFor,
  parseStamp,
  planPackages,
  testPackages,
} from './setup-plan.mjs';

const nothingOnPath = () => false;

describe('system packages', () => {
  it('are the peers for tests, FFmpeg for a start without a static one, and none for packages alone', () => {
    expect(packagesFor('test', true)).toBe(testPackages);
    expect(packagesFor('start', false).map(({ name }) => name)).toEqual(['ffmpeg']);
    expect(packagesFor('start', true)).toEqual([]);
    expect(packagesFor('packages', false)).toEqual([]);
  });

  it('count as there by dpkg, or by their program on PATH', () => {
    const wanted = [
      { name: 'ffmpeg', command: 'ffmpeg' },
      { name: 'python3-gi' },
      { name: 'chromium', command: 'chromium' },
    ];
    const missing = missingPackages(wanted, new Set(['python3-gi']), (command) => command === 'chromium');
    expect(missing.map(({ name }) => name)).toEqual(['ffmpeg']);
  });

  it('without dpkg are judged by their programs alone', () => {
    const wanted = [{ name: 'ffmpeg', command: 'ffmpeg' }, { name: 'python3-gi' }];
    expect(missingPackages(wanted, undefined, nothingOnPath).map(({ name }) => name)).toEqual(['ffmpeg']);
  });

  it('are not taken for installed when dpkg only remembers their settings', () => {
    const answer = 'ffmpeg installed\nchromium config-files\nvlc-bin not-installed\n';
    expect([...installedPackages(answer)]).toEqual(['ffmpeg']);
  });

  it('are installed by root on Debian, and else become one command to type', () => {
    const missing = [{ name: 'ffmpeg' }, { name: 'vlc-bin' }];
    expect(planPackages([], { isRoot: true, hasApt: true })).toEqual({ kind: 'nothing' });
    expect(planPackages(missing, { isRoot: true, hasApt: true })).toEqual({
      kind: 'install',
      packages: ['ffmpeg', 'vlc-bin'],
    });
    expect(planPackages(missing, { isRoot: false, hasApt: true })).toEqual({
      kind: 'tell',
      message: 'sudo apt-get install -y --no-install-recommends ffmpeg vlc-bin',
    });
    expect(planPackages(missing, { isRoot: true, hasApt: false })).toMatchObject({ kind: 'tell' });
  });
});

describe('npm packages', () => {
  const lock = (packages: object) => JSON.stringify({ packages });

  it('need no second installation when npm has installed what is locked', () => {
    const locked = lock({
      '': { version: '1.0.0' },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/for-windows': { version: '2.0.0', optional: true },
    });
    expect(isInstalledAsLocked(locked, lock({ 'node_modules/a': { version: '1.0.0' } }))).toBe(true);
  });

  it('are installed when one is missing or of another version, or nothing tells', () => {
    const locked = lock({ 'node_modules/a': { version: '1.0.0' } });
    expect(isInstalledAsLocked(locked, lock({}))).toBe(false);
    expect(isInstalledAsLocked(locked, lock({ 'node_modules/a': { version: '1.0.1' } }))).toBe(false);
    expect(isInstalledAsLocked(locked, '{"packages": {"node_mod')).toBe(false);
    expect(isInstalledAsLocked(locked, undefined)).toBe(false);
  });

  it('leave a stamp that is read back, and a torn or foreign one counts as none', () => {
    const stamp = {
      lockHash: hashOf('lock'),
      failedDownloads: { electron: { version: '1', reason: 'silent' } },
    };
    expect(parseStamp(JSON.stringify(stamp))).toEqual(stamp);
    expect(parseStamp('{"lockHash": "ab')).toBeUndefined();
    expect(parseStamp('{"other": 1}')).toBeUndefined();
    expect(parseStamp(undefined)).toBeUndefined();
  });
});

describe('a download', () => {
  const failed = { lockHash: '', failedDownloads: { electron: { version: '45.4.1', reason: 'silent' } } };

  it('is tried once for a version and not again after it failed', () => {
    expect(isDownloadDue(failed, { name: 'electron', version: '45.4.1', isThere: false })).toBe(false);
    expect(isDownloadDue(failed, { name: 'electron', version: '45.4.2', isThere: false })).toBe(true);
    expect(isDownloadDue(failed, { name: 'ffmpeg-static', version: '5.3.0', isThere: false })).toBe(true);
  });

  it('is not tried when it is there', () => {
    expect(isDownloadDue(failed, { name: 'ffmpeg-static', version: '5.3.0', isThere: true })).toBe(false);
  });
});

describe('the shell', () => {
  const desk = { headless: false, hasScreen: true, hasRuntime: true, failure: undefined };

  it('is the desktop where there is a screen and a runtime', () => {
    expect(chooseShell(desk)).toEqual({ shell: 'desktop' });
  });

  it('is headless without a word when that was asked for', () => {
    expect(chooseShell({ ...desk, headless: true })).toEqual({ shell: 'headless' });
  });

  it('is headless with one line that says why when there is no screen or no runtime', () => {
    const noScreen = chooseShell({ ...desk, hasScreen: false });
    expect(noScreen).toMatchObject({ shell: 'headless', line: expect.stringContaining('No screen') });
    const noRuntime = chooseShell({
      ...desk,
      hasRuntime: false,
      failure: 'github.com did not answer for 10 s',
    });
    expect(noRuntime).toMatchObject({
      shell: 'headless',
      line: expect.stringContaining('did not answer for 10 s'),
    });
    expect(JSON.stringify([noScreen, noRuntime])).not.toContain('\\n');
  });
});
