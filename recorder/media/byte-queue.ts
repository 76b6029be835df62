// Bytes that arrive in pieces of any size, looked at in place and taken out in one copy.

/** Looking costs what is looked at, taking costs what is taken: no byte is copied twice, however small the pieces are. */
export class ByteQueue {
  #pieces: Uint8Array[] = [];
  /** Pieces before this index are used up, and the first one left from `#usedBytes` on is not. */
  #first = 0;
  #usedBytes = 0;
  #lengthBytes = 0;

  get lengthBytes(): number {
    return this.#lengthBytes;
  }

  push(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.#pieces.push(piece);
    this.#lengthBytes += piece.length;
  }

  /** A copy of up to `sizeBytes` bytes from `atBytes` on; shorter where the queue ends. */
  peek(atBytes: number, sizeBytes: number): Uint8Array {
    const wanted = Math.max(0, Math.min(sizeBytes, this.#lengthBytes - atBytes));
    const bytes = new Uint8Array(wanted);
    let skip = atBytes + this.#usedBytes;
    let filled = 0;
    for (let index = this.#first; filled < wanted; index += 1) {
      const piece = this.#pieces[index] as Uint8Array;
      if (skip >= piece.length) {
        skip -= piece.length;
        continue;
      }
      const part = piece.subarray(skip, skip + wanted - filled);
      bytes.set(part, filled);
      filled += part.length;
      skip = 0;
    }
    return bytes;
  }

  /** Takes out the first `sizeBytes` bytes, which must be there. */
  take(sizeBytes: number): Uint8Array {
    const bytes = this.peek(0, sizeBytes);
    this.drop(sizeBytes);
    return bytes;
  }

  /** Drops the first `sizeBytes` bytes, or all there are; returns how many. */
  drop(sizeBytes: number): number {
    const dropped = Math.min(sizeBytes, this.#lengthBytes);
    this.#lengthBytes -= dropped;
    this.#usedBytes += dropped;
    for (;;) {
      const piece = this.#pieces[this.#first];
      if (piece === undefined || this.#usedBytes < piece.length) break;
      this.#usedBytes -= piece.length;
      this.#first += 1;
    }
    if (this.#first === this.#pieces.length || this.#first > 1_024) {
      this.#pieces = this.#pieces.slice(this.#first);
      this.#first = 0;
    }
    return dropped;
  }
}
