// The live wire: whatever is encoded comes back, however the bytes are cut on the way; broken framing is noticed.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeLiveMessage, type LiveMessage, LiveMessageReader } from './live-wire.ts';

const channel = fc.integer({ min: 0, max: 65_535 });
const bytes = fc.uint8Array({ maxLength: 300 });
const ms = fc
  .double({ min: 0, max: 4e12, noNaN: true, noDefaultInfinity: true })
  .filter((n) => !Object.is(n, -0));

const message: fc.Arbitrary<LiveMessage> = fc.oneof(
  fc.record({
    kind: fc.constant('init' as const),
    channel,
    init: fc.record({
      videoCodec: fc.string(),
      width: fc.nat({ max: 8192 }),
      height: fc.nat({ max: 8192 }),
    }),
    bytes,
  }),
  fc.record({
    kind: fc.constant('fragment' as const),
    channel,
    muxedAtMs: ms,
    startMs: ms,
    keyframe: fc.boolean(),
    skipped: fc.boolean(),
    bytes,
  }),
  fc.record({
    kind: fc.constant('state' as const),
    channel,
    state: fc.record({ kind: fc.constant('connecting' as const), sinceMs: fc.nat() }),
  }),
  fc.record({ kind: fc.constant('beat' as const), stationMs: ms }),
);

function join(parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

describe('the live wire', () => {
  it('gives back every message, whatever the chunks', () => {
    fc.assert(
      fc.property(
        fc.array(message, { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 97 }), { minLength: 1, maxLength: 5 }),
        (messages, cuts) => {
          const all = join(messages.map(encodeLiveMessage));
          const reader = new LiveMessageReader();
          const got: LiveMessage[] = [];
          for (let at = 0, turn = 0; at < all.length; turn++) {
            const length = cuts[turn % cuts.length] ?? 1;
            got.push(...reader.push(all.slice(at, at + length)));
            at += length;
          }
          expect(got).toEqual(messages);
        },
      ),
    );
  });

  it('keeps a message that has not arrived whole', () => {
    const whole = encodeLiveMessage({ kind: 'beat', stationMs: 1_800_000_000_000.5 });
    const reader = new LiveMessageReader();
    expect(reader.push(whole.subarray(0, 9))).toEqual([]);
    expect(reader.push(whole.subarray(9))).toEqual([{ kind: 'beat', stationMs: 1_800_000_000_000.5 }]);
  });

  it('refuses a length that no message has', () => {
    expect(() => new LiveMessageReader().push(new Uint8Array([0xff, 0xff, 0xff, 0xff, 1, 0, 0]))).toThrow(
      RangeError,
    );
    expect(() => new LiveMessageReader().push(new Uint8Array([0, 0, 0, 1, 1, 0, 0]))).toThrow(RangeError);
  });

  it('refuses a type it does not know', () => {
    expect(() => new LiveMessageReader().push(new Uint8Array([0, 0, 0, 3, 9, 0, 0]))).toThrow(
      'live message type',
    );
  });
});
