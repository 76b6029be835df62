// What decoders are asked for by name: the `codecs` strings of RFC 6381, spelled out as Chromium wants them.

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

/**
 * `avc1.PPCCLL` (RFC 6381, 3.3): profile, constraint flags and level in hexadecimal.
 * @param sampleEntry `avc1` or `avc3`
 */
export function avcCodecString(
  sampleEntry: string,
  avc: { AVCProfileIndication: number; profile_compatibility: number; AVCLevelIndication: number },
): string {
  return `${sampleEntry}.${hex(avc.AVCProfileIndication)}${hex(avc.profile_compatibility)}${hex(avc.AVCLevelIndication)}`;
}

export interface HevcProfileTierLevel {
  readonly general_profile_space: number;
  readonly general_tier_flag: number;
  readonly general_profile_idc: number;
  readonly general_profile_compatibility_flags: number;
  /** Six bytes, as they lie in the record. */
  readonly general_constraint_indicator_flags: Uint8Array;
  readonly general_level_idc: number;
}

/**
 * `hvc1.1.6.L93.B0` (ISO/IEC 14496-15, E.3): profile space and profile, compatibility flags in reverse bit order, tier
 * and level, then the constraint bytes without the zero bytes at their end.
 * @param sampleEntry `hvc1` or `hev1`
 */
export function hevcCodecString(sampleEntry: string, hevc: HevcProfileTierLevel): string {
  const space = ['', 'A', 'B', 'C'][hevc.general_profile_space] ?? '';
  let reversed = 0;
  for (let bit = 0; bit < 32; bit += 1) {
    if ((hevc.general_profile_compatibility_flags >>> bit) & 1) reversed |= 1 << (31 - bit);
  }
  const constraints = [...hevc.general_constraint_indicator_flags];
  while (constraints.at(-1) === 0) constraints.pop();
  return [
    sampleEntry,
    `${space}${hevc.general_profile_idc}`,
    (reversed >>> 0).toString(16).toUpperCase(),
    `${hevc.general_tier_flag === 1 ? 'H' : 'L'}${hevc.general_level_idc}`,
    ...constraints.map((byte) => byte.toString(16).toUpperCase()),
  ].join('.');
}

/** `mp4a.40.2` (RFC 6381, 3.3): object type in hexadecimal and, for MPEG-4 audio, the audio object type in decimal. */
export function mp4aCodecString(objectTypeIndication: number, audioObjectType: number | undefined): string {
  const suffix = audioObjectType === undefined ? '' : `.${audioObjectType}`;
  return `mp4a.${hex(objectTypeIndication)}${suffix}`;
}
