// The frame every MP4 box shares: size and type, and for a full box version and flags (ISO/IEC 14496-12, 4.2).

import { ByteReader } from './byte-reader.ts';

export interface BoxHeader {
  readonly type: string;
  /** 8, or 16 when the size needs 64 bits. */
  readonly headerBytes: number;
  /** Header and payload. */
  readonly sizeBytes: number;
}

/** The most bytes a header can take: size, type, largesize. */
export const longestHeaderBytes = 16;

/**
 * Reads size, type and, when size is 1, largesize. A size of 0 (to the end of the file) is refused: a recorder's file
 * grows, so no box of it may. Throws `MediaError`, also when a size is smaller than its own header.
 */
export function readBoxHeader(bytes: Uint8Array, atBytes: number, endBytes: number): BoxHeader {
  const reader = new ByteReader(bytes, atBytes, endBytes, 'Box');
  const size = reader.uint32('size');
  const type = reader.fourCharacters('type');
  const sizeBytes = size === 1 ? reader.uint64('largesize') : size;
  const headerBytes = reader.atBytes - atBytes;
  if (sizeBytes < headerBytes)
    throw reader.error('size', `${sizeBytes} is no size for a ${type} box`, atBytes);
  return { type, headerBytes, sizeBytes };
}

/** Visits the boxes that lie one after the other in what is left of `parent`; each must end inside it. */
export function readChildren(parent: ByteReader, visit: (type: string, reader: ByteReader) => void): void {
  while (parent.leftBytes > 0) {
    const { type, headerBytes, sizeBytes } = readBoxHeader(parent.bytes, parent.atBytes, parent.endBytes);
    const startBytes = parent.atBytes;
    parent.skip(sizeBytes, type);
    visit(type, new ByteReader(parent.bytes, startBytes + headerBytes, startBytes + sizeBytes, type));
  }
}

export interface FullBoxHeader {
  readonly version: number;
  readonly flags: number;
}

export function readFullBoxHeader(reader: ByteReader): FullBoxHeader {
  const version = reader.uint8('version');
  const flags = reader.uint24('flags');
  return { version, flags };
}
