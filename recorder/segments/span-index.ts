// The fragment index as a blob: spans coded as what differs from the expected, five or six bytes each.

import type { FragmentSpan } from '../model/footage.ts';

const version = 1;

/**
 * Encodes the spans of one file. They must lie one after the other without a hole in the file, else RangeError.
 *
 * All numbers are LEB128 varints; signed ones are zigzag coded. Version 1 is: version, count, ticks per second
 * (estimated, for the expectation only), start ms, start ticks and offset of the first span; then for each span its size
 * times 4, plus 2 for a keyframe, plus 1 when its start in ticks is not the end of the span before; the difference of
 * its duration to the one before; the difference of its start in ms to the expected; and the difference in ticks if so
 * flagged.
 */
export function encodeSpans(spans: readonly FragmentSpan[]): Uint8Array {
  const writer = new VarintWriter();
  writer.unsigned(version);
  writer.unsigned(spans.length);
  const [first] = spans;
  if (first === undefined) return writer.bytes();
  const ticksPerSecond = estimateTicksPerSecond(spans);
  writer.unsigned(ticksPerSecond);
  writer.signed(first.startMs);
  writer.signed(first.startTicks);
  writer.unsigned(first.offsetBytes);
  let before = beforeFirst(first);
  for (const span of spans) {
    if (span.offsetBytes !== before.offsetBytes + before.sizeBytes) {
      throw new RangeError('a hole between two spans of a file');
    }
    const ticksOff = span.startTicks - (before.startTicks + before.durationTicks);
    writer.unsigned(span.sizeBytes * 4 + (span.startsWithKeyframe ? 2 : 0) + (ticksOff === 0 ? 0 : 1));
    writer.signed(span.durationTicks - before.durationTicks);
    writer.signed(span.startMs - expectedStartMs(before, ticksPerSecond));
    if (ticksOff !== 0) writer.signed(ticksOff);
    before = span;
  }
  return writer.bytes();
}

/** Decodes what `encodeSpans` made; RangeError on any other bytes. */
export function decodeSpans(blob: Uint8Array): FragmentSpan[] {
  const reader = new VarintReader(blob);
  if (reader.unsigned() !== version) throw new RangeError('a fragment index of another version');
  const count = reader.unsigned();
  const spans: FragmentSpan[] = [];
  if (count > 0) {
    const ticksPerSecond = reader.unsigned();
    const startMs = reader.signed();
    const startTicks = reader.signed();
    const offsetBytes = reader.unsigned();
    let before = beforeFirst({ startMs, startTicks, offsetBytes });
    for (let index = 0; index < count; index += 1) {
      before = decodeSpan(reader, before, ticksPerSecond);
      spans.push(before);
    }
  }
  if (!reader.isAtEnd) throw new RangeError('bytes after a fragment index');
  return spans;
}

function decodeSpan(reader: VarintReader, before: FragmentSpan, ticksPerSecond: number): FragmentSpan {
  const sizeAndFlags = reader.unsigned();
  const durationTicks = before.durationTicks + reader.signed();
  const startMs = expectedStartMs(before, ticksPerSecond) + reader.signed();
  const ticksOff = sizeAndFlags % 2 === 1 ? reader.signed() : 0;
  return {
    startMs,
    startTicks: before.startTicks + before.durationTicks + ticksOff,
    durationTicks,
    offsetBytes: before.offsetBytes + before.sizeBytes,
    sizeBytes: Math.floor(sizeAndFlags / 4),
    startsWithKeyframe: sizeAndFlags % 4 >= 2,
  };
}

/** A span without length where the first begins, so that the first is coded like all others. */
function beforeFirst(first: Pick<FragmentSpan, 'startMs' | 'startTicks' | 'offsetBytes'>): FragmentSpan {
  const { startMs, startTicks, offsetBytes } = first;
  return { startMs, startTicks, offsetBytes, durationTicks: 0, sizeBytes: 0, startsWithKeyframe: false };
}

function expectedStartMs(before: FragmentSpan, ticksPerSecond: number): number {
  if (ticksPerSecond === 0) return before.startMs;
  return before.startMs + Math.round((before.durationTicks * 1000) / ticksPerSecond);
}

function estimateTicksPerSecond(spans: readonly FragmentSpan[]): number {
  const first = spans[0];
  const last = spans.at(-1);
  if (first === undefined || last === undefined) return 0;
  const estimate = ((last.startTicks - first.startTicks) * 1000) / (last.startMs - first.startMs);
  return Number.isFinite(estimate) && estimate > 0 ? Math.round(Math.min(estimate, 1e9)) : 0;
}

class VarintWriter {
  readonly #bytes: number[] = [];

  unsigned(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0)
      throw new RangeError(`${value} cannot stand in a fragment index`);
    let left = value;
    while (left >= 0x80) {
      this.#bytes.push((left % 0x80) + 0x80);
      left = Math.floor(left / 0x80);
    }
    this.#bytes.push(left);
  }

  signed(value: number): void {
    this.unsigned(value < 0 ? -2 * value - 1 : 2 * value);
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

class VarintReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  unsigned(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) throw new RangeError('a fragment index ends too early');
      this.#at += 1;
      value += (byte % 0x80) * scale;
      if (!Number.isSafeInteger(value)) throw new RangeError('a number in a fragment index is too large');
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
  }

  signed(): number {
    const coded = this.unsigned();
    return coded % 2 === 0 ? coded / 2 : -(coded + 1) / 2;
  }
}
