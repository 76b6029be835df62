// Times read from bytes made box by box, in every form a fragment may come in.
import { describe, expect, it } from 'vitest';
import { box, fullBox, joined, madeFragment, madeInit, u32, u64 } from '../../recorder/media/made-footage.ts';
import { readFragmentTimes, readVideoClock } from './fragment-times.ts';

const wallMs = Date.UTC(2026, 10, 21, 14, 3, 10, 250);
const clock = { trackId: 1, timescale: 90_000 };

/** A `trun` with every field a sample can have: duration, size, flags, composition offset. */
function fullFragment(version: 0 | 1, samples: readonly { ticks: number; offset: number }[]): Uint8Array {
  const ntp = [
    ...u32(Math.floor(wallMs / 1_000) + 2_208_988_800),
    ...u32(((wallMs % 1_000) / 1_000) * 2 ** 32),
  ];
  const rows = samples.flatMap(({ ticks, offset }) => [
    ...u32(ticks),
    ...u32(9),
    ...u32(0),
    ...u32(offset >>> 0),
  ]);
  const traf = box(
    'traf',
    fullBox('tfhd', 0, 0x02_0000, u32(1)),
    fullBox('tfdt', version, 0, version === 1 ? u64(7_000_000_000) : u32(70_000)),
    fullBox('trun', version, 0xf01, u32(samples.length), u32(0), rows),
  );
  return joined([fullBox('prft', 1, 0x18, u32(1), ntp, u64(0)), box('moof', traf), box('mdat', [1, 2, 3])]);
}

describe('readVideoClock', () => {
  it('finds the video track, with and without audio beside it', () => {
    expect(readVideoClock(madeInit({ timescale: 12_800 }))).toEqual({ trackId: 1, timescale: 12_800 });
    expect(readVideoClock(madeInit({ withAudio: true }))).toEqual(clock);
  });

  it('finds none in other bytes', () => {
    expect(readVideoClock(new Uint8Array(0))).toBeUndefined();
    expect(readVideoClock(box('moov', box('trak')))).toBeUndefined();
    expect(readVideoClock(madeFragment())).toBeUndefined();
  });
});

describe('readFragmentTimes', () => {
  it('reads every fragment of an entry, to the millisecond', () => {
    const bytes = joined([
      madeFragment({ startTicks: 90_000, muxedAtMs: wallMs, kind: 'both' }),
      madeFragment({ startTicks: 108_000, muxedAtMs: wallMs + 200, keyframe: false }),
    ]);
    const times = readFragmentTimes(bytes, clock);
    expect(times.map(({ presentedTicks, durationTicks }) => [presentedTicks, durationTicks])).toEqual([
      [90_000, 18_000],
      [108_000, 18_000],
    ]);
    expect(times[0]?.wallMs).toBeCloseTo(wallMs, 3);
    expect(times[1]?.wallMs).toBeCloseTo(wallMs + 200, 3);
  });

  it('adds the composition offset of the first frame, signed', () => {
    const samples = [
      { ticks: 3_600, offset: 7_200 },
      { ticks: 3_000, offset: 0 },
    ];
    expect(readFragmentTimes(fullFragment(1, samples), clock)).toMatchObject([
      { presentedTicks: 7_000_007_200, durationTicks: 6_600, frames: 2, longestTicks: 3_600 },
    ]);
    expect(readFragmentTimes(fullFragment(1, [{ ticks: 3_600, offset: -600 }]), clock)).toMatchObject([
      { presentedTicks: 6_999_999_400 },
    ]);
    expect(readFragmentTimes(fullFragment(0, samples), clock)).toMatchObject([{ presentedTicks: 77_200 }]);
  });

  it('reads wall times after 2036, where NTP begins anew', () => {
    const late = Date.UTC(2037, 0, 1);
    const ntp = [...u32((late / 1_000 + 2_208_988_800) % 2 ** 32), ...u32(0)];
    const { length } = fullBox('prft', 1, 0, u32(1), ntp, u64(0));
    const bytes = joined([
      fullBox('prft', 1, 0, u32(1), ntp, u64(0)),
      fullFragment(1, [{ ticks: 1, offset: 0 }]).subarray(length),
    ]);
    expect(readFragmentTimes(bytes, clock)[0]?.wallMs).toBe(late);
  });

  it('passes over other tracks, fragments without a wall time, and a torn end', () => {
    expect(readFragmentTimes(madeFragment({ kind: 'audio' }), clock)).toEqual([]);
    expect(readFragmentTimes(madeFragment(), { ...clock, trackId: 5 })).toEqual([]);
    const whole = madeFragment();
    expect(readFragmentTimes(joined([whole, whole.subarray(0, 90)]), clock)).toHaveLength(1);
    for (let length = 0; length < whole.length; length += 1) {
      expect(readFragmentTimes(whole.subarray(0, length), clock).length).toBeLessThanOrEqual(1);
    }
  });
});
