// Wall times in `prft`: what is stamped is what is read, to the millisecond, over the wrap of NTP's seconds too.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { madeFragment } from './made-footage.ts';
import { MediaError } from './media-error.ts';
import { readWallTime, stampWallTime } from './producer-reference-time.ts';

describe('stampWallTime', () => {
  it('is read back as the same whole millisecond, in 1970, in 2036 and after', () => {
    const bytes = madeFragment();
    const endOfRange = Date.UTC(2104, 0, 1);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: endOfRange }), (startMs) => {
        stampWallTime(bytes, startMs);
        expect(Math.round(readWallTime(bytes))).toBe(startMs);
      }),
    );
    const ntpWraps = Date.UTC(2036, 1, 7, 6, 28, 16);
    for (const startMs of [ntpWraps - 1, ntpWraps, ntpWraps + 1]) {
      stampWallTime(bytes, startMs);
      expect(Math.round(readWallTime(bytes))).toBe(startMs);
    }
  });

  it('changes the eight bytes of ntp_timestamp and nothing else', () => {
    const before = madeFragment();
    const after = before.slice();
    stampWallTime(after, 1_234_567_890_123);
    const changed = [...after.keys()].filter((at) => after[at] !== before[at]);
    expect(changed.every((at) => at >= 16 && at < 24)).toBe(true);
    expect(changed.length).toBeGreaterThan(0);
  });

  it('refuses bytes that begin with another box or end inside it', () => {
    expect(() => stampWallTime(madeFragment({ kind: 'audio' }), 1)).toThrow(MediaError);
    expect(() => readWallTime(madeFragment().subarray(0, 20))).toThrow('prft.ntp_timestamp at byte 20');
  });
});
