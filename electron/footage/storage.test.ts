// What the operator sets of the station's storage: what is refused, and that nothing set deletes footage by a slip.

import { rename } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VolumeId } from '../../recorder/model/ids.ts';
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
    onAdopted: () => {},
    onChange: () => volumes.look(),
    upkeep: () => ({ scrub: { share: 0 } }),
  });
}

describe('a reserve set by hand', () => {
  let disk: VolumeId;
  const folder = (name: string) => path.join(upkeep.made.folder, name);
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
  const add = (folder: string) => service().addVolume({ name: 'New', folder });
  const refused = { code: 'INVALID_INPUT', detail: { field: 'folder' } };

  it.runIf(process.platform === 'linux')('is refused where nothing can be made', async () => {
    await expect(add('/proc/self/lk')).rejects.toMatchObject(refused);
  });
});
