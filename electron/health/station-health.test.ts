// The station's words about itself.

import { describe, expect, it } from 'vitest';
import { softwareEncoder } from '../../recorder/ffmpeg/encoders.ts';
import { newId } from '../../recorder/model/ids.ts';
import { StationInfo } from '../contract/health.ts';
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
  encoders: { trials: [], trouble: undefined, best: softwareEncoder },
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

  it('says which encoders were found, and which is used for what', () => {
    const nvenc = { kind: 'nvenc', codec: 'h264', name: 'h264_nvenc' } as const;
    const [x264, x265] = [softwareEncoder('h264'), softwareEncoder('h265')];
    const said = info({
      encoders: {
        trials: [
          { encoder: nvenc, ok: false, detail: 'No capable devices found' },
          { encoder: x264, ok: true },
          { encoder: x265, ok: true },
        ],
        trouble: { encoder: nvenc, atMs: 7, detail: 'The driver went away' },
        best: (codec) => (codec === 'h264' ? x264 : x265),
      },
    });
    expect(StationInfo.parse(said)).toEqual(said);
    expect(said.encoders.trials.map(({ name, works, isBest }) => [name, works, isBest])).toEqual([
      ['h264_nvenc', false, false],
      ['libx264', true, true],
      ['libx265', true, true],
    ]);
    expect(said.encoders.trouble).toEqual({ name: 'h264_nvenc', atMs: 7, detail: 'The driver went away' });
  });

  it('says what is wrong', () => {
    const said = info({
      ffmpeg: () => ({ ok: false, message: 'No FFmpeg.', hint: 'Install it.' }),
      volumes: () => [{ ...volume, state: 'swapped', freeBytes: undefined, totalBytes: undefined }],
      withUnreadableSignIn: () => [
        { name: 'Gate', role: 'main' },
        { name: 'Yard', role: 'sub' },
      ],
    });
    expect(said.ffmpeg).toBeUndefined();
    expect(said.volumes).toEqual([{ label: 'Disk 1', state: 'refused' }]);
    expect(said.problems).toEqual([
      { message: 'No FFmpeg.', hint: 'Install it.' },
      {
        message: 'The stored sign-in of “Gate” cannot be read any more.',
        hint: 'Give it user and password again: Cameras, Change address.',
      },
      {
        message: 'The stored sign-in of the sub stream of “Yard” cannot be read any more.',
        hint: 'Give its address again, with user and password: Cameras, Sub stream.',
      },
    ]);
  });
});
