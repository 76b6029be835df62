// Finds out that a camera changed its picture (size, profile) in the middle of a stream. FFmpeg copies on with the init section
// of before (seen with 5.1): the change shows only in the sequence parameter sets that go before each keyframe.

/** More units than this before the picture's own are no access unit. */
const unitsLimit = 32;
/** FFmpeg's MP4 muxer always writes lengths of 4 bytes (avcC and hvcC `lengthSizeMinusOne` 3). */
const lengthBytes = 4;

/** H.264: ITU-T H.264 table 7-1; H.265: ITU-T H.265 table 7-1. */
const families = {
  avc: { type: (byte: number) => byte & 0x1f, sequence: 7, before: new Set([6, 7, 8, 9, 13]) },
  hevc: { type: (byte: number) => (byte >> 1) & 0x3f, sequence: 33, before: new Set([32, 33, 34, 35, 39]) },
} as const;

function mediaData(fragment: Uint8Array): Uint8Array | undefined {
  const view = new DataView(fragment.buffer, fragment.byteOffset, fragment.byteLength);
  for (let at = 0; at + 8 <= fragment.length; ) {
    const size = view.getUint32(at);
    if (view.getUint32(at + 4) === 0x6d646174 /* mdat */) return fragment.subarray(at + 8, at + size);
    if (size < 8) return undefined;
    at += size;
  }
  return undefined;
}

/**
 * The sequence parameter sets in front of the first picture of a fragment that begins with a keyframe of its video
 * (FFmpeg puts the first track's samples first). Undefined when there are none: they may stand in the init section alone.
 */
function sequenceSets(fragment: Uint8Array, codec: string): Uint8Array | undefined {
  const data = mediaData(fragment);
  if (data === undefined) return undefined;
  const family = codec.startsWith('avc') ? families.avc : families.hevc;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const sets: Uint8Array[] = [];
  for (let at = 0, units = 0; at + lengthBytes < data.length && units < unitsLimit; units++) {
    const length = view.getUint32(at);
    const type = family.type(data[at + lengthBytes] ?? 0);
    const endAt = at + lengthBytes + length;
    if (!family.before.has(type) || endAt > data.length) break;
    const unit = data.subarray(at + lengthBytes, endAt);
    // A camera's own and those a relay puts before it may stand here both: said twice is not changed.
    if (type === family.sequence && !sets.some((set) => Buffer.compare(set, unit) === 0)) sets.push(unit);
    at = endAt;
  }
  return sets.length === 0 ? undefined : Buffer.concat(sets);
}

/** Watches the keyframes of one session. */
export class ParameterSets {
  readonly #codec: string;
  #first: Uint8Array | undefined;

  /** `codec` as in RFC 6381. */
  constructor(codec: string) {
    this.#codec = codec;
  }

  /** True when this keyframe's picture is not described as the session's first was. */
  changedWith(fragment: Uint8Array): boolean {
    const sets = sequenceSets(fragment, this.#codec);
    if (sets === undefined) return false;
    this.#first ??= sets;
    return Buffer.compare(this.#first, sets) !== 0;
  }
}
