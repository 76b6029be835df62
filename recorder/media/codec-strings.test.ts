// Codec strings against the examples of the specifications and against what Chromium calls the same streams.
import { describe, expect, it } from 'vitest';
import { avcCodecString, hevcCodecString, mp4aCodecString } from './codec-strings.ts';

const main = {
  general_profile_space: 0,
  general_tier_flag: 0,
  general_profile_idc: 1,
  general_profile_compatibility_flags: 0x6000_0000,
  general_constraint_indicator_flags: Uint8Array.of(0xb0, 0, 0, 0, 0, 0),
  general_level_idc: 93,
};

describe('codec strings', () => {
  it('spell H.264 as profile, constraints and level', () => {
    const avc = { AVCProfileIndication: 0x42, profile_compatibility: 0xe0, AVCLevelIndication: 0x0a };
    expect(avcCodecString('avc1', avc)).toBe('avc1.42e00a');
  });

  it('spell H.265 with compatibility flags in reverse bit order and without zero bytes at the end', () => {
    expect(hevcCodecString('hvc1', main)).toBe('hvc1.1.6.L93.B0');
    expect(
      hevcCodecString('hev1', {
        ...main,
        general_profile_space: 1,
        general_tier_flag: 1,
        general_profile_idc: 2,
        general_profile_compatibility_flags: 0x2000_0001,
        general_constraint_indicator_flags: Uint8Array.of(0xb0, 0, 0x23, 0, 0, 0),
        general_level_idc: 150,
      }),
    ).toBe('hev1.A2.80000004.H150.B0.0.23');
    expect(hevcCodecString('hvc1', { ...main, general_constraint_indicator_flags: new Uint8Array(6) })).toBe(
      'hvc1.1.6.L93',
    );
  });

  it('spell MPEG-4 audio with its object type, others without', () => {
    expect(mp4aCodecString(0x40, 2)).toBe('mp4a.40.2');
    expect(mp4aCodecString(0x6b, undefined)).toBe('mp4a.6b');
  });
});
