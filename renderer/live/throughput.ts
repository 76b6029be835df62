// Frame and bit rate of a tile over the last seconds, as they really are on this desk.

const windowMs = 5_000;

export class Throughput {
  #bytes: { readonly atMs: number; readonly count: number }[] = [];
  #frames: { readonly atMs: number; readonly count: number }[] = [];
  #frameCount = 0;
  #presented = 0;

  /** Bytes from the station, at a monotonic time. */
  received(bytes: number, atMs: number): void {
    push(this.#bytes, { atMs, count: bytes });
  }

  /** The element's own running count of frames on the glass: it also counts those the callback missed. */
  shown(presentedFrames: number, atMs: number): void {
    // A new media source starts to count anew.
    this.#frameCount += Math.max(
      1,
      presentedFrames >= this.#presented ? presentedFrames - this.#presented : 1,
    );
    this.#presented = presentedFrames;
    push(this.#frames, { atMs, count: this.#frameCount });
  }

  bitsPerSecond(nowMs: number): number {
    const recent = this.#bytes.filter((one) => one.atMs > nowMs - windowMs);
    return (recent.reduce((sum, one) => sum + one.count, 0) * 8 * 1_000) / windowMs;
  }

  framesPerSecond(nowMs: number): number {
    const recent = this.#frames.filter((one) => one.atMs > nowMs - windowMs);
    const first = recent[0];
    const last = recent.at(-1);
    if (first === undefined || last === undefined || last.atMs === first.atMs) return 0;
    return ((last.count - first.count) * 1_000) / (last.atMs - first.atMs);
  }
}

function push<T extends { readonly atMs: number }>(list: T[], entry: T): void {
  list.push(entry);
  while ((list[0]?.atMs ?? entry.atMs) < entry.atMs - windowMs) list.shift();
}
