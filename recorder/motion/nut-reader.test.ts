// The NUT reader on what FFmpeg 5.1 wrote, whole, in pieces, and broken.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NutError, NutReader, type TimedPicture } from './nut-reader.ts';

/** Four grey pictures of 4 × 2, two seconds apart: `-vf scale=4:2,format=gray -c:v rawvideo -f nut -write_index 0`. */
const grey = Buffer.from(
  'bnV0L211bHRpbWVkaWEgY29udGFpbmVyAE5NelYfXwStRwMBgf9/AQGEgADAAAYAAAAAAAGgAAIBASgBACkAIQAgAgCBecAABgAA' +
    'AAAAAQYDAAABBAAAAbYC//oC//sC//wC//0pO1a5TlMRQFvy+dsYAAAEWTgwMAAOhIAAAAAABAIEBQBx6+01TkmraLWWungJAAAA' +
    'AAAAAAAATkmraLWWungyAQAAAAIHZW5jb2RlcgINTGF2YyByYXd2aWRlbwxyX2ZyYW1lX3JhdGUCAzEvMmaSxltOS+St7spFaQYA' +
    'AAAAAAAECD1aHko2TERSAWmJgAAIX1z+mj1aHko2TERSAWmRgAAIUaJLMz1aHko2TERSAWmZgAAIqEjTOT1aHko2TERS',
  'base64',
);
const firstFrameAt = 217;

function readAll(pieces: readonly Uint8Array[]): TimedPicture[] {
  const reader = new NutReader();
  return pieces.flatMap((piece) => reader.push(piece));
}

function cut(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const places = [0, ...at.map((place) => place % bytes.length).toSorted((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

/** The kind of error that ends it, if one does. */
function failureOf(read: () => unknown): unknown {
  try {
    read();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.constructor : error;
  }
}

const picture = Uint8Array.from(Buffer.from('3d5a1e4a364c4452', 'hex'));
const expected = [0, 2_000, 4_000, 6_000].map((mediaMs) => ({ mediaMs, bytes: picture }));
const plain = (pictures: readonly TimedPicture[]) =>
  pictures.map(({ mediaMs, bytes }) => ({ mediaMs, bytes: Uint8Array.from(bytes) }));

describe('NutReader', () => {
  it('gives every picture with its time', () => {
    expect(plain(readAll([grey]))).toEqual(expected);
  });

  it('does so however the pipe cuts it, and as soon as the last byte is there', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), (at) => {
        expect(plain(readAll(cut(grey, at)))).toEqual(expected);
      }),
    );
    expect(readAll([grey.subarray(0, -1)])).toHaveLength(3);
    expect(readAll([grey.subarray(0, firstFrameAt)])).toHaveLength(0);
  });

  it('keeps no hold of the pieces it was given', () => {
    const reader = new NutReader();
    const piece = Uint8Array.from(grey.subarray(0, firstFrameAt + 5));
    reader.push(piece);
    piece.fill(0);
    expect(plain(reader.push(grey.subarray(firstFrameAt + 5)))).toEqual(expected);
  });

  it('refuses with a NutError what is broken, and never anything worse', () => {
    const wound = fc.record({ at: fc.nat({ max: grey.length - 1 }), byte: fc.nat({ max: 255 }) });
    fc.assert(
      fc.property(fc.array(wound, { minLength: 1, maxLength: 5 }), fc.array(fc.nat()), (wounds, at) => {
        const bytes = Uint8Array.from(grey);
        for (const { at: place, byte } of wounds) bytes[place] = byte;
        expect([undefined, NutError]).toContain(failureOf(() => readAll(cut(bytes, at))));
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses what is something else', () => {
    expect(() => readAll([Buffer.from('RIFF....AVI and so on and so forth')])).toThrow(NutError);
  });

  it('refuses a packet without an end instead of keeping it', () => {
    const reader = new NutReader();
    reader.push(grey.subarray(0, firstFrameAt));
    // size_msb: 2 MiB are to come.
    expect(() => reader.push(Uint8Array.of(1, 0x69, 0x89, 0x80, 0, 0x81, 0x80, 0x80, 0))).toThrow(NutError);
  });
});
