// The machine-readable clock in the pictures of test cameras: its layout, and how it is read back from pixels.
//
// The top ninth of the picture is a strip of 32 × 2 cells, black or white, read left to right, top row first:
//   1 0 | 44 bits: UTC epoch ms | 16 bits: CRC-16/CCITT-FALSE of the time as 6 bytes, big end first | 0 1
// A cell is 1/32 of the width and 1/18 of the height: 20 × 20 pixels at 640 × 360, large enough for any bit rate and for
// pictures scaled down to 160 pixels. gstreamer-cameras.py draws it for each frame before it is encoded; the time is
// the moment of the frame's own timestamp, so that it moves by exactly one frame time from frame to frame.

const COLUMNS = 32;
const ROWS_OF_PICTURE = 18;
const CELLS = 64;
const TIME_BITS = 44;
const CRC_BITS = 16;
/** Mean luma (0 to 255) up to which a cell is black, and from which it is white; in between nothing is believed. */
const BLACK_UP_TO = 96;
const WHITE_FROM = 160;

/**
 * Reads the clock of one picture.
 * @param pixels RGBA, rows without padding, as `getImageData` gives them; the rows of the top ninth are enough
 * @param width of the picture in pixels
 * @param height of the whole picture in pixels, also when only its top rows are given
 * @returns UTC epoch ms at which the camera took the picture, or undefined when there is no clock that checks
 */
export function decodeBurntClock(
  pixels: ArrayLike<number>,
  width: number,
  height: number,
): number | undefined {
  const bits: number[] = [];
  for (let cell = 0; cell < CELLS; cell++) {
    const luma = cellLuma(pixels, width, height, cell % COLUMNS, Math.floor(cell / COLUMNS));
    if (luma <= BLACK_UP_TO) bits.push(0);
    else if (luma >= WHITE_FROM) bits.push(1);
    else return undefined;
  }
  const timeStart = 2;
  const crcStart = timeStart + TIME_BITS;
  const endStart = crcStart + CRC_BITS;
  if (numberOf(bits.slice(0, timeStart)) !== 0b10 || numberOf(bits.slice(endStart)) !== 0b01)
    return undefined;
  const epochMs = numberOf(bits.slice(timeStart, crcStart));
  return numberOf(bits.slice(crcStart, endStart)) === crc16(epochMs) ? epochMs : undefined;
}

/** Mean luma of the middle quarter of a cell; NaN, which is neither black nor white, where pixels are missing. */
function cellLuma(
  pixels: ArrayLike<number>,
  width: number,
  height: number,
  column: number,
  row: number,
): number {
  const left = Math.floor(((column + 0.25) * width) / COLUMNS);
  const right = Math.max(left + 1, Math.floor(((column + 0.75) * width) / COLUMNS));
  const top = Math.floor(((row + 0.25) * height) / ROWS_OF_PICTURE);
  const bottom = Math.max(top + 1, Math.floor(((row + 0.75) * height) / ROWS_OF_PICTURE));
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = (y * width + x) * 4;
      sum += 0.299 * (pixels[at] ?? NaN) + 0.587 * (pixels[at + 1] ?? NaN) + 0.114 * (pixels[at + 2] ?? NaN);
    }
  }
  return sum / ((right - left) * (bottom - top));
}

/** A product, not a shift: 44 bits are more than JavaScript's shifts carry. */
function numberOf(bits: readonly number[]): number {
  return bits.reduce((value, bit) => value * 2 + bit, 0);
}

function crc16(epochMs: number): number {
  let crc = 0xffff;
  for (let byte = 5; byte >= 0; byte--) {
    crc ^= (Math.floor(epochMs / 256 ** byte) % 256) << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc;
}
