// The burnt-in clock read back from pixels drawn here after its specification.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBurntClock } from './burnt-clock.ts';

/** Published example: CRC-16/CCITT-FALSE of "123456789" is 0x29B1; of the six bytes of this time it is 0xA635 by crc_hqx. */
const knownTime = { epochMs: 1_732_170_000_123, crc: 0xa635 };

const bits = (value: number, count: number) => value.toString(2).padStart(count, '0').slice(-count);

function crcBitByBit(epochMs: number): number {
  let crc = 0xffff;
  for (const bit of bits(epochMs, 48)) {
    const carry = (crc >> 15) ^ Number(bit);
    crc = ((crc << 1) & 0xffff) ^ (carry ? 0x1021 : 0);
  }
  return crc;
}

const cellsOf = (epochMs: number) => `10${bits(epochMs, 44)}${bits(crcBitByBit(epochMs), 16)}01`;

function drawn(cells: string, width: number, height: number, black = 16, white = 235): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(width * height * 4).fill(90);
  for (let y = 0; y < Math.floor(height / 9); y++) {
    for (let x = 0; x < width; x++) {
      const cell = Math.floor((y * 18) / height) * 32 + Math.floor((x * 32) / width);
      pixels.fill(cells[cell] === '1' ? white : black, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return pixels;
}

describe('the burnt-in clock', () => {
  it('uses the checksum that Python calls crc_hqx', () => {
    expect(crcBitByBit(knownTime.epochMs)).toBe(knownTime.crc);
    const cells = `10${bits(knownTime.epochMs, 44)}${bits(knownTime.crc, 16)}01`;
    expect(decodeBurntClock(drawn(cells, 640, 360), 640, 360)).toBe(knownTime.epochMs);
  });

  it('is read at any time and size, from the top rows alone and at poor contrast', () => {
    const time = fc.integer({ min: 0, max: 2 ** 44 - 1 });
    const size = fc.constantFrom([160, 90], [320, 180], [640, 360], [1280, 720]);
    fc.assert(
      fc.property(time, size, (epochMs, [width = 0, height = 0]) => {
        const pixels = drawn(cellsOf(epochMs), width, height, 60, 190);
        const topRows = pixels.subarray(0, width * Math.ceil(height / 9) * 4);
        expect(decodeBurntClock(topRows, width, height)).toBe(epochMs);
      }),
      { numRuns: 50 },
    );
  });

  it('is not believed when a cell is flipped', () => {
    const cells = cellsOf(knownTime.epochMs);
    for (let at = 0; at < cells.length; at++) {
      const flipped = `${cells.slice(0, at)}${cells[at] === '1' ? '0' : '1'}${cells.slice(at + 1)}`;
      expect(decodeBurntClock(drawn(flipped, 320, 180), 320, 180)).toBeUndefined();
    }
  });

  it('is not found in a grey, a black or a missing picture', () => {
    const grey = new Uint8ClampedArray(640 * 360 * 4).fill(128);
    expect(decodeBurntClock(grey, 640, 360)).toBeUndefined();
    expect(decodeBurntClock(grey.fill(0), 640, 360)).toBeUndefined();
    expect(decodeBurntClock([], 640, 360)).toBeUndefined();
  });
});
