// Footage made by hand, box by box, for tests: no encoder has to run to have fragments of any length and kind.

const videoTrackId = 1;
const audioTrackId = 2;

export interface MadeInit {
  readonly timescale?: number;
  readonly width?: number;
  readonly withAudio?: boolean;
}

export interface MadeFragment {
  readonly startTicks?: number;
  readonly durationTicks?: number;
  readonly frames?: number;
  readonly keyframe?: boolean;
  readonly muxedAtMs?: number;
  readonly sizeBytes?: number;
  readonly kind?: 'video' | 'audio' | 'both';
}

type Part = Uint8Array | number[] | string;

export function joined(parts: readonly Part[]): Uint8Array {
  const pieces = parts.map((part) =>
    typeof part === 'string' ? new TextEncoder().encode(part) : Uint8Array.from(part),
  );
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

export const u16 = (value: number): number[] => [(value >>> 8) & 0xff, value & 0xff];
export const u32 = (value: number): number[] => [
  ...u16(Math.floor(value / 0x1_0000)),
  ...u16(value % 0x1_0000),
];
export const u64 = (value: number): number[] => [
  ...u32(Math.floor(value / 0x1_0000_0000)),
  ...u32(value % 0x1_0000_0000),
];
const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

export function box(type: string, ...parts: Part[]): Uint8Array {
  const payload = joined(parts);
  return joined([u32(payload.length + 8), type, payload]);
}

export function fullBox(type: string, version: number, flags: number, ...parts: Part[]): Uint8Array {
  return box(type, [version, (flags >>> 16) & 0xff, ...u16(flags & 0xffff)], ...parts);
}

function track(trackId: number, timescale: number, handler: string, entry: Uint8Array): Uint8Array {
  return box(
    'trak',
    fullBox('tkhd', 0, 3, zeros(8), u32(trackId), zeros(68)),
    box(
      'mdia',
      fullBox('mdhd', 0, 0, zeros(8), u32(timescale), zeros(8)),
      fullBox('hdlr', 0, 0, zeros(4), handler, zeros(13)),
      box('minf', box('stbl', fullBox('stsd', 0, 0, u32(1), entry))),
    ),
  );
}

function avc1(width: number): Uint8Array {
  const avcC = box('avcC', [1, 0x64, 0x00, 0x1f, 0xff, 0xe0, 0]);
  return box('avc1', zeros(24), u16(width), u16((width * 9) / 16), zeros(50), avcC);
}

function mp4a(): Uint8Array {
  const config = [0x05, 2, 0x12, 0x10];
  const decoder = [0x04, 13 + config.length, 0x40, ...zeros(12), ...config];
  const esds = fullBox('esds', 0, 0, [0x03, 3 + decoder.length, ...zeros(3), ...decoder]);
  return box('mp4a', zeros(16), u16(2), u16(16), zeros(4), u32(44_100 * 0x1_0000), esds);
}

/** `ftyp moov` of one H.264 track and, if wished, one AAC track. */
export function madeInit({ timescale = 90_000, width = 640, withAudio = false }: MadeInit = {}): Uint8Array {
  const trex = (trackId: number): Uint8Array => fullBox('trex', 0, 0, u32(trackId), u32(1), zeros(12));
  return joined([
    box('ftyp', 'iso5', u32(512), 'iso5mp41'),
    box(
      'moov',
      fullBox('mvhd', 0, 0, zeros(96)),
      track(videoTrackId, timescale, 'vide', avc1(width)),
      ...(withAudio ? [track(audioTrackId, 44_100, 'soun', mp4a())] : []),
      box('mvex', trex(videoTrackId), ...(withAudio ? [trex(audioTrackId)] : [])),
    ),
  ]);
}

const nonSync = 0x0101_0000;
const sync = 0x0200_0000;

/** One fragment as FFmpeg lays it out: `prft` (where there is video), `moof`, `mdat`. */
export function madeFragment({
  startTicks = 0,
  durationTicks = 18_000,
  frames = 5,
  keyframe = true,
  muxedAtMs = 1_700_000_000_000,
  sizeBytes = 600,
  kind = 'video',
}: MadeFragment = {}): Uint8Array {
  const ntp = [
    ...u32(Math.floor(muxedAtMs / 1000) + 2_208_988_800),
    ...u32(((muxedAtMs % 1000) / 1000) * 2 ** 32),
  ];
  const prft = fullBox('prft', 1, 0x18, u32(videoTrackId), ntp, u64(startTicks));
  const video = box(
    'traf',
    fullBox('tfhd', 0, 0x02_0028, u32(videoTrackId), u32(durationTicks / frames), u32(nonSync)),
    fullBox('tfdt', 1, 0, u64(startTicks)),
    keyframe
      ? fullBox('trun', 0, 0x000005, u32(frames), u32(0), u32(sync))
      : fullBox('trun', 0, 0x000001, u32(frames), u32(0)),
  );
  const audio = box(
    'traf',
    fullBox('tfhd', 0, 0x02_0028, u32(audioTrackId), u32(1024), u32(sync)),
    fullBox('tfdt', 1, 0, u64(startTicks)),
    fullBox('trun', 0, 0x000001, u32(4), u32(0)),
  );
  const moof = box(
    'moof',
    fullBox('mfhd', 0, 0, u32(1)),
    ...(kind === 'audio' ? [] : [video]),
    ...(kind === 'video' ? [] : [audio]),
  );
  const before = kind === 'audio' ? moof : joined([prft, moof]);
  const left = Math.max(0, sizeBytes - before.length - 8);
  return joined([before, box('mdat', new Uint8Array(left).fill(0xab))]);
}
