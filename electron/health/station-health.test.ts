// The station's words about itself.

import { describe, expect, it } from 'vitest';
import { newId } from '../../recorder/model/ids.ts';
import { StationInfo } from '../contract/shapes.ts';
import type { StorageVolume } from '../contract/storage.ts';
import { type StationFacts, StationHealth } from './station-health.ts';

const volume: StorageVolume = {
  id: newId(),
  name: 'Disk 1',
  folder: '/mnt/disk1',
  state: 'ready',
  retired: false,
  freeBytes: 1,
  totalBytes: 2,
  reserveBytes: 1,
  reserveSet: false,
  footageBytes: 0,
};

const facts: StationFacts = {
  version: '1.2.3',
  shell: 'headless',
  startedMs: 1,
  secrets: 'file',
  ffmpeg: () => ({ ok: true, path: '/usr/bin/ffmpeg', version: '5.1', origin: 'system' }),
  volumes: () => [volume],
  withUnreadableSignIn: () => [],
};
const info = (changed: Partial<StationFacts> = {}) => new StationHealth({ ...facts, ...changed }).info();

describe('the station', () => {
  it('says what it runs on, without a path', () => {
    const said = info();
    expect(StationInfo.parse(said)).toEqual(said);
    expect(said).toMatchObject({ version: '1.2.3', ffmpeg: { version: '5.1', origin: 'system' } });
    expect(said.volumes).toEqual([{ label: 'Disk 1', state: 'ready', freeBytes: 1, totalBytes: 2 }]);
    expect(JSON.stringify(said)).not.toMatch(/usr|mnt/);
  });

  it('says what is wrong', () => {
    const said = info({
      ffmpeg: () => ({ ok: false, message: 'No FFmpeg.', hint: 'Install it.' }),
      volumes: () => [{ ...volume, state: 'swapped', freeBytes: undefined, totalBytes: undefined }],
      withUnreadableSignIn: () => ['Gate'],
    });
    expect(said.ffmpeg).toBeUndefined();
    expect(said.volumes).toEqual([{ label: 'Disk 1', state: 'refused' }]);
    expect(said.problems.map(({ message }) => message)).toEqual([
      'No FFmpeg.',
      'The stored sign-in of “Gate” cannot be read any more.',
    ]);
  });
});
