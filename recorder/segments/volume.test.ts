// Volumes are told apart by their identity file, and nothing is used or made where another one is expected.
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId, type VolumeId } from '../model/ids.ts';
import { identityFile, openVolume, type Volume } from './volume.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lookout-volume-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function made(name: string): Promise<Volume> {
  const opened = await openVolume(path.join(folder, name));
  if (!opened.ok) throw new Error(opened.detail);
  return opened.volume;
}

describe('openVolume', () => {
  it('makes folder and identity at the first use, and finds the same volume ever after', async () => {
    await mkdir(path.join(folder, 'deep/in'), { recursive: true });
    const volume = await made('deep/in/here');
    expect(await readdir(volume.folder)).toEqual([identityFile]);
    expect(await openVolume(volume.folder, volume.id)).toEqual({ ok: true, volume });
    expect(await openVolume(volume.folder)).toEqual({ ok: true, volume });
  });

  it('gives every volume an identity of its own, and an absolute folder', async () => {
    const [one, other] = [await made('one'), await made('other')];
    expect(one.id).not.toBe(other.id);
    const relative = path.relative(process.cwd(), one.folder);
    expect(await openVolume(relative, one.id)).toEqual({ ok: true, volume: one });
  });

  it('makes it again where a first use was stopped in the middle', async () => {
    await writeFile(path.join(folder, `${identityFile}.new`), '{"volu');
    expect(await openVolume(folder)).toMatchObject({ ok: true });
    expect(await readdir(folder)).toEqual([identityFile]);
  });

  it('refuses a folder that is gone or an empty mount point, and makes nothing there', async () => {
    const id = newId<VolumeId>();
    expect(await openVolume(path.join(folder, 'gone'), id)).toMatchObject({ ok: false, reason: 'missing' });
    expect(await openVolume(folder, id)).toMatchObject({ ok: false, reason: 'missing' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuses a folder whose parent is not there, and makes neither', async () => {
    expect(await openVolume(path.join(folder, 'disk', 'new'))).toMatchObject({
      ok: false,
      reason: 'unreadable',
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('answers where nothing can be made', async () => {
    expect(await openVolume('/proc/self/lk')).toMatchObject({ ok: false, reason: 'unreadable' });
  });

  it('refuses another volume', async () => {
    const volume = await made('one');
    const other = await made('other');
    expect(await openVolume(other.folder, volume.id)).toMatchObject({ ok: false, reason: 'swapped' });
  });

  it.each([
    ['no JSON', 'footage'],
    ['nothing', ''],
    ['no object', '7'],
    ['a name that is no id', JSON.stringify({ volume: '../../etc' })],
    ['more than an identity', `${JSON.stringify({ volume: newId() })}${' '.repeat(5_000)}`],
  ])('refuses an identity file that holds %s, and keeps it', async (_name, content) => {
    await writeFile(path.join(folder, identityFile), content);
    expect(await openVolume(folder)).toMatchObject({ ok: false, reason: 'unreadable' });
    expect(await readFile(path.join(folder, identityFile), 'utf8')).toBe(content);
  });

  it('refuses an identity that is a link, a file in place of the folder, and a folder in place of the file', async () => {
    const volume = await made('one');
    await mkdir(path.join(folder, 'linked'));
    await symlink(path.join(volume.folder, identityFile), path.join(folder, 'linked', identityFile));
    await writeFile(path.join(folder, 'file'), '');
    await mkdir(path.join(folder, 'odd', identityFile), { recursive: true });
    for (const name of ['linked', 'file', 'odd']) {
      expect(await openVolume(path.join(folder, name))).toMatchObject({ ok: false, reason: 'unreadable' });
    }
  });
});
