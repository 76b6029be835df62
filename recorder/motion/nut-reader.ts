// Reads pictures with their times from a pipe in the NUT container (ffmpeg.org/~michael/nut.txt), field by field.
//
// Of all of FFmpeg's containers that take raw pictures it is the one that writes each at once, with its time: MP4 and Matroska
// hold a picture back until the next one comes, image2pipe and rawvideo have no times. What is read is what FFmpeg's
// muxer writes: one stream, no index, no side data; checksums are not looked at, a pipe does not lose bytes.

export interface TimedPicture {
  /** Media time of the picture, milliseconds with fraction. */
  readonly mediaMs: number;
  readonly bytes: Uint8Array;
}

/** What came is no NUT stream; nothing more can be read from the pipe. */
export class NutError extends Error {
  constructor(problem: string) {
    super(`not a NUT stream: ${problem}`);
    this.name = 'NutError';
  }
}

/** A thumbnail takes 4 to 20 KB, a grey picture 3.6. */
const packetLimitBytes = 1024 * 1024;

const idString = 'nut/multimedia container\0';
const startcodeBytes = 8;
/** The first byte of every startcode; never a frame code. */
const startcodeMark = 0x4e;
const startcodes = {
  main: 0x4e4d7a561f5f04adn,
  stream: 0x4e5311405bf2f9dbn,
  syncpoint: 0x4e4be4adeeca4569n,
  info: 0x4e49ab68b596ba78n,
  index: 0x4e58dd672f23e64en,
} as const;

const flags = {
  codedPts: 1 << 3,
  streamId: 1 << 4,
  sizeMsb: 1 << 5,
  checksum: 1 << 6,
  reserved: 1 << 7,
  sideData: 1 << 8,
  headerIndex: 1 << 10,
  matchTime: 1 << 11,
  coded: 1 << 12,
  invalid: 1 << 13,
} as const;

interface FrameCode {
  readonly flags: number;
  readonly sizeMul: number;
  readonly sizeLsb: number;
  readonly ptsDelta: number;
  readonly reservedCount: number;
}

interface TimeBase {
  readonly numerator: number;
  readonly denominator: number;
}

interface MainHeader {
  readonly timeBases: readonly TimeBase[];
  readonly codes: readonly FrameCode[];
  readonly elided: readonly Uint8Array[];
}

interface StreamHeader {
  readonly timeBase: TimeBase;
  readonly msbPtsShift: number;
}

/** Thrown where the bytes that came end; the packet is read again from its begin when more have come. */
const short = Symbol('short');

class Cursor {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  byte(): number {
    const value = this.#bytes[this.at];
    if (value === undefined) throw short;
    this.at++;
    return value;
  }

  /** `v`: seven bits a byte, the first are the highest. */
  number(): number {
    let value = 0;
    for (;;) {
      const byte = this.byte();
      value = value * 128 + (byte & 0x7f);
      if (value > Number.MAX_SAFE_INTEGER) throw new NutError('a number beyond all bounds');
      if (byte < 0x80) return value;
    }
  }

  /** `s` */
  signed(): number {
    const next = this.number() + 1;
    return next % 2 === 1 ? -((next - 1) / 2) : next / 2;
  }

  take(count: number): Uint8Array {
    if (count > packetLimitBytes) throw new NutError(`${count} bytes in one piece`);
    if (this.at + count > this.#bytes.length) throw short;
    const taken = this.#bytes.slice(this.at, this.at + count);
    this.at += count;
    return taken;
  }

  startcode(): bigint {
    const bytes = this.take(startcodeBytes);
    return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
  }
}

/** Push what the pipe brings, in pieces of any size. A `NutError` is final. Memory is bounded by the largest packet. */
export class NutReader {
  #left: Uint8Array = new Uint8Array();
  #hasId = false;
  #main: MainHeader | undefined;
  #stream: StreamHeader | undefined;
  #lastPts = 0;

  push(chunk: Uint8Array): TimedPicture[] {
    const bytes = this.#left.length === 0 ? chunk : Buffer.concat([this.#left, chunk]);
    const pictures: TimedPicture[] = [];
    let doneAt = 0;
    try {
      while (doneAt < bytes.length) {
        const cursor = new Cursor(bytes, doneAt);
        const picture = this.#packet(cursor);
        doneAt = cursor.at;
        if (picture !== undefined) pictures.push(picture);
      }
    } catch (error) {
      if (error !== short) throw error;
    }
    this.#left = bytes.slice(doneAt);
    if (this.#left.length > packetLimitBytes) throw new NutError('a packet without an end');
    return pictures;
  }

  #packet(cursor: Cursor): TimedPicture | undefined {
    if (!this.#hasId) {
      const id = cursor.take(idString.length);
      if (new TextDecoder().decode(id) !== idString) throw new NutError('another begin');
      this.#hasId = true;
      return undefined;
    }
    const code = cursor.byte();
    if (code !== startcodeMark) return this.#frame(code, cursor);
    cursor.at--;
    this.#header(cursor);
    return undefined;
  }

  /** `packet_header`: startcode, forward_ptr, header_checksum of a large one; then what it holds, up to its checksum. */
  #header(cursor: Cursor): void {
    const startcode = cursor.startcode();
    const forwardPtr = cursor.number();
    if (forwardPtr > 4096) cursor.take(4);
    const content = new Cursor(cursor.take(forwardPtr), 0);
    try {
      if (startcode === startcodes.main) this.#main = readMainHeader(content);
      else if (startcode === startcodes.stream) this.#stream = this.#streamHeader(content);
      else if (startcode === startcodes.syncpoint) this.#syncpoint(content);
      else if (startcode !== startcodes.info && startcode !== startcodes.index) {
        throw new NutError(`startcode ${startcode.toString(16)}`);
      }
    } catch (error) {
      throw error === short ? new NutError('a packet longer than it says') : error;
    }
  }

  #streamHeader(cursor: Cursor): StreamHeader {
    if (this.#stream !== undefined) throw new NutError('a second stream');
    cursor.number(); // stream_id
    cursor.number(); // stream_class
    cursor.take(cursor.number()); // fourcc
    const timeBase = this.#timeBase(cursor.number());
    const msbPtsShift = cursor.number();
    if (msbPtsShift >= 16) throw new NutError('msb_pts_shift');
    return { timeBase, msbPtsShift };
  }

  #timeBase(index: number): TimeBase {
    const timeBase = this.#main?.timeBases[index];
    if (timeBase === undefined) throw new NutError('no such time base');
    return timeBase;
  }

  #syncpoint(cursor: Cursor): void {
    const bases = this.#main?.timeBases.length ?? 0;
    const globalKeyPts = cursor.number();
    if (this.#stream === undefined) throw new NutError('a syncpoint before its stream');
    const from = this.#timeBase(globalKeyPts % bases);
    const to = this.#stream.timeBase;
    const pts = Math.floor(globalKeyPts / bases);
    this.#lastPts = Math.floor((pts * from.numerator * to.denominator) / (from.denominator * to.numerator));
  }

  #frame(code: number, cursor: Cursor): TimedPicture {
    const main = this.#main;
    const stream = this.#stream;
    const entry = main?.codes[code];
    if (main === undefined || stream === undefined || entry === undefined) {
      throw new NutError('a frame before its headers');
    }
    let has = entry.flags;
    if (has & flags.coded) has ^= cursor.number();
    if (has & (flags.invalid | flags.sideData)) throw new NutError(`frame code ${code}`);
    if (has & flags.streamId && cursor.number() !== 0) throw new NutError('a frame of no stream');
    let pts = this.#lastPts + entry.ptsDelta;
    if (has & flags.codedPts) pts = ptsOf(cursor.number(), this.#lastPts, stream.msbPtsShift);
    let size = entry.sizeLsb;
    if (has & flags.sizeMsb) size += entry.sizeMul * cursor.number();
    if (has & flags.matchTime) cursor.signed();
    const elided = main.elided[has & flags.headerIndex ? cursor.number() : 0] ?? new Uint8Array();
    let reserved = entry.reservedCount;
    if (has & flags.reserved) reserved = cursor.number();
    for (let field = 0; field < reserved; field++) cursor.number();
    if (has & flags.checksum) cursor.take(4);
    // A small frame leaves out what all begin with.
    const head = size <= 4096 ? elided : new Uint8Array();
    const bytes = cursor.take(size - head.length);
    this.#lastPts = pts;
    const { numerator, denominator } = stream.timeBase;
    return {
      mediaMs: (pts * 1000 * numerator) / denominator,
      bytes: head.length === 0 ? bytes : Buffer.concat([head, bytes]),
    };
  }
}

/** `coded_pts`: whole, or the lowest bits of a time near the last one. */
function ptsOf(coded: number, lastPts: number, msbPtsShift: number): number {
  const range = 2 ** msbPtsShift;
  if (coded >= range) return coded - range;
  const delta = lastPts - Math.floor((range - 1) / 2);
  return ((((coded - delta) % range) + range) % range) + delta;
}

/** `main_header` */
function readMainHeader(cursor: Cursor): MainHeader {
  const version = cursor.number();
  if (version > 3) cursor.number(); // minor_version
  if (cursor.number() !== 1) throw new NutError('not one stream');
  cursor.number(); // max_distance
  const timeBases: TimeBase[] = [];
  for (let left = cursor.number(); left > 0; left--) {
    const timeBase = { numerator: cursor.number(), denominator: cursor.number() };
    if (timeBase.numerator === 0 || timeBase.denominator === 0) throw new NutError('a time base of 0');
    timeBases.push(timeBase);
  }
  return { timeBases, codes: readFrameCodes(cursor), elided: readElisionHeaders(cursor) };
}

/** The frame codes: runs of entries that differ in the lowest bits of the size. */
function readFrameCodes(cursor: Cursor): FrameCode[] {
  const codes: FrameCode[] = [];
  let ptsDelta = 0;
  let sizeMul = 1;
  while (codes.length < 256) {
    const entryFlags = cursor.number();
    const fields = cursor.number();
    if (fields > 0) ptsDelta = cursor.signed();
    if (fields > 1) sizeMul = cursor.number();
    if (fields > 2) cursor.number(); // stream
    const size = fields > 3 ? cursor.number() : 0;
    const reservedCount = fields > 4 ? cursor.number() : 0;
    const count = fields > 5 ? cursor.number() : sizeMul - size;
    if (fields > 6) cursor.signed(); // match
    if (fields > 7) cursor.number(); // head_idx
    for (let field = 8; field < fields; field++) cursor.number();
    if (count <= 0) throw new NutError('a run of no frame codes');
    for (let step = 0; step < count && codes.length < 256; ) {
      const isMark = codes.length === startcodeMark;
      const sizeLsb = size + step;
      codes.push({ flags: isMark ? flags.invalid : entryFlags, sizeMul, sizeLsb, ptsDelta, reservedCount });
      if (!isMark) step++;
    }
  }
  return codes;
}

/** The begins that frames may leave out; the first is empty. */
function readElisionHeaders(cursor: Cursor): Uint8Array[] {
  const headers: Uint8Array[] = [new Uint8Array()];
  for (let left = cursor.number(); left > 0; left--) headers.push(cursor.take(cursor.number()));
  return headers;
}
