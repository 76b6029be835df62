// Which FFmpeg is good enough, and which words are FFmpeg's at all.

import { describe, expect, it } from 'vitest';
import { isRecent, locateFfmpeg, readVersion } from './locate.ts';

describe('readVersion', () => {
  it('reads the first line', () => {
    expect(
      readVersion('ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026 the FFmpeg developers\n'),
    ).toBe('5.1.9-0+deb12u1');
    expect(readVersion('ffmpeg version N-109542-g1bf1ca3 Copyright')).toBe('N-109542-g1bf1ca3');
    expect(readVersion('avconv version 12')).toBeUndefined();
  });
});

describe('isRecent', () => {
  it('wants 5.1 or later', () => {
    const recent = ['5.1', '5.1.9-0+deb12u1', '6.0-static', 'n7.1', '10.0', 'N-109542-g1bf1ca3'];
    expect([...recent, '4.4.2', '5.0.1', 'n5.0'].filter(isRecent)).toEqual(recent);
  });
});

describe('locateFfmpeg', () => {
  it('does not go past the path in the settings', async () => {
    const search = await locateFfmpeg({ setting: '/nowhere/ffmpeg', bundled: undefined });
    expect(search).toMatchObject({ ok: false, message: 'The FFmpeg named in the settings is not there.' });
  });

  it('says when a program is not FFmpeg, and when it may not be started', async () => {
    const node = await locateFfmpeg({ setting: process.execPath, bundled: undefined });
    expect(node).toMatchObject({ ok: false, message: expect.stringMatching(/does not work|is not FFmpeg/) });
    const file = await locateFfmpeg({ setting: import.meta.filename, bundled: undefined });
    expect(file).toMatchObject({
      ok: false,
      message: 'The FFmpeg named in the settings may not be started.',
    });
  });
});
