// Reads big-endian fields of a box one after the other; past the end it fails with offset and field.

import { MediaError } from './media-error.ts';

/**
 * A cursor over `bytes[startBytes, endBytes)`. Every read names its field as the specification spells it, and throws
 * `MediaError` when the field does not lie wholly inside. Offsets in errors count from the first byte of `bytes`.
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly endBytes: number;
  readonly #box: string;
  readonly #view: DataView;
  #at: number;

  constructor(bytes: Uint8Array, startBytes: number, endBytes: number, box: string) {
    this.bytes = bytes;
    this.#at = startBytes;
    this.endBytes = endBytes;
    this.#box = box;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atBytes(): number {
    return this.#at;
  }

  get leftBytes(): number {
    return this.endBytes - this.#at;
  }

  uint8(field: string): number {
    return this.#view.getUint8(this.#take(1, field));
  }

  uint16(field: string): number {
    return this.#view.getUint16(this.#take(2, field));
  }

  uint24(field: string): number {
    const at = this.#take(3, field);
    return this.#view.getUint16(at) * 0x100 + this.#view.getUint8(at + 2);
  }

  uint32(field: string): number {
    return this.#view.getUint32(this.#take(4, field));
  }

  /** A 64-bit number; beyond 2^53 - 1 it fails rather than lose its last digits. */
  uint64(field: string): number {
    const at = this.#take(8, field);
    const value = this.#view.getUint32(at) * 0x1_0000_0000 + this.#view.getUint32(at + 4);
    if (!Number.isSafeInteger(value)) throw this.error(field, 'a number beyond 2^53', at);
    return value;
  }

  fourCharacters(field: string): string {
    const at = this.#take(4, field);
    return fourCharacters(this.bytes, at);
  }

  block(sizeBytes: number, field: string): Uint8Array {
    const at = this.#take(sizeBytes, field);
    return this.bytes.subarray(at, at + sizeBytes);
  }

  skip(sizeBytes: number, field: string): void {
    this.#take(sizeBytes, field);
  }

  /** What is wrong with a field of this box, at its offset. */
  error(field: string, problem: string, offsetBytes = this.#at): MediaError {
    return new MediaError(`${this.#box}.${field}`, offsetBytes, problem);
  }

  #take(sizeBytes: number, field: string): number {
    const at = this.#at;
    if (at + sizeBytes > this.endBytes) {
      throw this.error(field, `${sizeBytes} bytes wanted, ${this.endBytes - at} left`);
    }
    this.#at = at + sizeBytes;
    return at;
  }
}

/** A box type as text; bytes that are no printable ASCII show as `?`. */
export function fourCharacters(bytes: Uint8Array, at: number): string {
  let text = '';
  for (let index = at; index < at + 4; index += 1) {
    const code = bytes[index] ?? 0;
    text += code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '?';
  }
  return text;
}
