// Settings: what rows say, and what counts when a row says nonsense.

import { describe, expect, it } from 'vitest';
import type { SettingRows } from '../catalog/settings.ts';
import { readSettings } from './settings.ts';

function read(rows: Record<string, string>) {
  const warned: unknown[] = [];
  const log = { info: () => {}, warn: (fields: object) => warned.push(fields), error: () => {} };
  const settings = readSettings({ get: (name: string) => rows[name] } as SettingRows, log);
  return { settings, warned };
}

describe('settings', () => {
  it('have defaults', () => {
    expect(read({})).toEqual({
      settings: { ffmpegPath: undefined, segmentMs: 60_000, syncMs: 2_000 },
      warned: [],
    });
  });

  it('are taken from rows', () => {
    const { settings } = read({ ffmpegPath: '/opt/ffmpeg', segmentSeconds: '10', syncSeconds: '0.5' });
    expect(settings).toEqual({ ffmpegPath: '/opt/ffmpeg', segmentMs: 10_000, syncMs: 500 });
  });

  it.each(['9', '3601', '', 'sixty', 'NaN', '1e9', '-60', '10.5'])(
    'segmentSeconds %j counts as not set',
    (text) => {
      const { settings, warned } = read({ segmentSeconds: text });
      expect(settings.segmentMs).toBe(60_000);
      expect(warned).toHaveLength(1);
    },
  );
});
