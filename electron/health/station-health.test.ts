// The station's words about itself.

import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { newId } from '../../recorder/model/ids.ts';
import { StationInfo } from '../contract/shapes.ts';
import { type StationFacts, StationHealth } from './station-health.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };

const facts: StationFacts = {
  version: '1.2.3',
  shell: 'headless',
  startedMs: 1,
  secrets: 'file',
  ffmpeg: () => ({ ok: true, path: '/usr/bin/ffmpeg', version: '5.1', origin: 'system' }),
  volume: { ok: true, volume: { id: newId(), folder: tmpdir() } },
  withUnreadableSignIn: () => [],
  log,
};
const info = (changed: Partial<StationFacts> = {}) => new StationHealth({ ...facts, ...changed }).info();

describe('the station', () => {
  it('says what it runs on, without a path', async () => {
    const said = await info();
    expect(StationInfo.parse(said)).toEqual(said);
    expect(said).toMatchObject({ version: '1.2.3', ffmpeg: { version: '5.1', origin: 'system' } });
    expect(said.volumes[0]?.state).toBe('ready');
    expect(said.volumes[0]?.freeBytes).toBeGreaterThan(0);
    expect(JSON.stringify(said)).not.toContain('/usr');
    expect(JSON.stringify(said)).not.toContain(tmpdir());
  });

  it('says what is wrong', async () => {
    const said = await info({
      ffmpeg: () => ({ ok: false, message: 'No FFmpeg.', hint: 'Install it.' }),
      volume: { ok: false, reason: 'swapped', detail: '/mnt/disk' },
      withUnreadableSignIn: () => ['Gate'],
    });
    expect(said.ffmpeg).toBeUndefined();
    expect(said.volumes).toEqual([{ label: 'Recordings', state: 'refused' }]);
    expect(said.problems.map(({ message }) => message)).toEqual([
      'No FFmpeg.',
      'Another disk is in the place of the one for recordings. Nothing is recorded.',
      'The stored sign-in of “Gate” cannot be read any more.',
    ]);
  });

  it('notices a volume that went away', async () => {
    const said = await info({ volume: { ok: true, volume: { id: newId(), folder: '/nowhere/at/all' } } });
    expect(said.volumes[0]).toEqual({ label: 'Recordings', state: 'missing' });
    expect(said.problems).toHaveLength(1);
  });
});
