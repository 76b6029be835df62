// What the operator sets of the station's storage: what is refused, and that nothing set deletes footage by a slip.

import { mkdir, readdir, rename, symlink } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VolumeId } from '../../recorder/model/ids.ts';
import { VolumeInput } from '../contract/storage.ts';
import { MadeUpkeep } from './made-upkeep.ts';
import { StorageService } from './storage.ts';

const mb = 1_000_000;

let upkeep: MadeUpkeep;
beforeEach(() => {
  upkeep = new MadeUpkeep();
});
afterEach(() => upkeep.remove());

function service(): StorageService {
  const { made, rows, locks, volumeRows, volumes, time } = upkeep;
  return new StorageService({
    ...{ catalog: made.catalog, rows, locks, volumeRows, volumes, clock: time.wall },
    dataFolder: path.join(made.folder, 'data'),
    defaultFolder: path.join(made.folder, 'data/footage'),
    onAdopted: () => {},
    onChange: () => volumes.look(),
    upkeep: () => ({ scrub: { share: 0 } }),
  });
}

const folder = (name: string) => path.join(upkeep.made.folder, name);

describe('a reserve set by hand', () => {
  let disk: VolumeId;
  beforeEach(async () => {
    disk = await upkeep.addVolume('disk', 1_000 * mb);
    await upkeep.volumes.look();
    const startMs = upkeep.time.wallMs - 60_000;
    upkeep.commit(upkeep.camera, disk, { startMs, endMs: startMs + 60_000 }, 90 * mb);
  });

  it('is refused while the size of its disk is not known, which then finds its footage kept', async () => {
    await rename(folder('disk'), folder('unplugged'));
    await upkeep.volumes.look();
    await expect(service().setReserve(disk, 9e15)).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
      detail: { field: 'reserveBytes', hint: 'Connect its disk first.' },
    });
    await rename(folder('unplugged'), folder('disk'));
    await upkeep.retention().check();
    expect(upkeep.kept()).toHaveLength(1);
  });

  it('goes back to the rule at any time', async () => {
    await service().setReserve(disk, 500 * mb);
    await rename(folder('disk'), folder('unplugged'));
    await upkeep.volumes.look();
    expect(await service().setReserve(disk, undefined)).toMatchObject({
      state: 'missing',
      reserveSet: false,
    });
  });

  it('leaves a tenth for footage, also on a disk that is smaller than it was', async () => {
    await expect(service().setReserve(disk, 901 * mb)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      detail: { field: 'reserveBytes' },
    });
    expect(await service().setReserve(disk, 900 * mb)).toMatchObject({ reserveSet: true });
    upkeep.volumeRows.setReserve(disk, 9e15);
    await upkeep.retention().check();
    expect(upkeep.kept()).toHaveLength(1);
    expect(service().volumes()[0]?.reserveBytes).toBe(900 * mb);
  });
});

describe('a folder taken into use', () => {
  const add = (place: string) => service().addVolume({ name: 'New', folder: place });
  const refused = { code: 'INVALID_INPUT', detail: { field: 'folder' } };

  it.runIf(process.platform === 'linux')('is refused where nothing can be made', async () => {
    await expect(add('/proc/self/lk')).rejects.toMatchObject(refused);
  });

  it.each(['data', 'data/catalog', 'data/logs', 'data/recorders/new', 'link-to-data/catalog'])(
    'is not %s, among the station’s own files',
    async (name) => {
      await mkdir(folder('data/catalog'), { recursive: true });
      await mkdir(folder('data/recorders'));
      await symlink(folder('data'), folder('link-to-data'));
      await expect(add(folder(name))).rejects.toMatchObject(refused);
      expect(await readdir(folder('data/catalog'))).toEqual([]);
    },
  );

  it('may be the volume that a station begins with', async () => {
    await mkdir(folder('data'));
    expect(await upkeep.addVolume('data/footage', 1_000 * mb)).toBe((await add(folder('data/footage'))).id);
  });

  it.each(['link-to-disk', 'link-to-disk/inside', 'disk/inside', 'link-around'])(
    'is neither inside another volume nor around one, whatever links lead there: %s',
    async (name) => {
      await mkdir(folder('around'));
      await upkeep.addVolume('around/other', 1_000 * mb);
      await upkeep.addVolume('disk', 1_000 * mb);
      await symlink(folder('disk'), folder('link-to-disk'));
      await symlink(folder('around'), folder('link-around'));
      await expect(add(folder(name))).rejects.toMatchObject(refused);
    },
  );

  it.each([
    ['a control character', '/mnt/a\u0007b'],
    ['a zero', '/mnt/a\0b'],
    ['a line feed', '/mnt/a\nb'],
    ['what turns the reading around', '/mnt/a\u202eb'],
    ['half a character', '/mnt/a\ud800b'],
  ])('is not taken with %s in its name', (_what, name) => {
    const { error } = VolumeInput.safeParse({ name: 'New', folder: name });
    expect(error?.issues.map((issue) => issue.path)).toEqual([['folder']]);
  });

  it('keeps the blanks of its name', () => {
    expect(VolumeInput.parse({ name: ' New ', folder: '/mnt/a b ' })).toEqual({
      name: 'New',
      folder: '/mnt/a b ',
    });
  });
});
