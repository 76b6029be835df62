// Sample flags and durations of `moof`: each place they may stand in, in the order of precedence.
import { describe, expect, it } from 'vitest';
import { ByteReader } from './byte-reader.ts';
import { box, fullBox, joined, u32 } from './made-footage.ts';
import { readMovieFragment, type TrackFragment } from './movie-fragment.ts';

const sync = 0x0200_0000;
const nonSync = 0x0101_0000;

function read(trex: { duration: number; flags: number }, ...boxes: Uint8Array[]): TrackFragment | undefined {
  const bytes = box('traf', ...boxes);
  const defaults = new Map([
    [1, { default_sample_duration: trex.duration, default_sample_flags: trex.flags }],
  ]);
  return readMovieFragment(new ByteReader(bytes, 0, bytes.length, 'moof'), defaults)[0];
}

const tfhd = (flags = 0, ...fields: number[][]): Uint8Array => fullBox('tfhd', 0, flags, u32(1), ...fields);
const tfdt = fullBox('tfdt', 0, 0, u32(900));
const trun = (flags: number, ...fields: number[][]): Uint8Array => fullBox('trun', 0, flags, ...fields);

describe('readMovieFragment', () => {
  it('takes durations and flags from trex when nobody else says anything', () => {
    expect(read({ duration: 40, flags: sync }, tfhd(), tfdt, trun(0, u32(3)))).toEqual({
      trackId: 1,
      baseMediaDecodeTime: 900,
      durationTicks: 120,
      sampleCount: 3,
      startsWithSyncSample: true,
    });
  });

  it('prefers tfhd to trex', () => {
    const header = tfhd(0x28, u32(50), u32(nonSync));
    expect(read({ duration: 40, flags: sync }, header, tfdt, trun(0, u32(3)))).toMatchObject({
      durationTicks: 150,
      startsWithSyncSample: false,
    });
  });

  it('prefers the flags of the sample to tfhd, and first_sample_flags to both', () => {
    const header = tfhd(0x20, u32(nonSync));
    const entries = [u32(10), u32(sync), u32(20), u32(nonSync)];
    expect(
      read({ duration: 1, flags: nonSync }, header, tfdt, trun(0x500, u32(2), ...entries)),
    ).toMatchObject({
      durationTicks: 30,
      startsWithSyncSample: true,
    });
    const first = trun(0x504, u32(2), u32(nonSync), ...entries);
    expect(read({ duration: 1, flags: nonSync }, header, tfdt, first)).toMatchObject({
      startsWithSyncSample: false,
    });
  });

  it('adds up several runs; the first sample of the first one counts', () => {
    const runs = [trun(0x004, u32(1), u32(sync)), trun(0, u32(2))];
    expect(read({ duration: 40, flags: nonSync }, tfhd(), tfdt, ...runs)).toMatchObject({
      durationTicks: 120,
      sampleCount: 3,
      startsWithSyncSample: true,
    });
  });

  it('does not count along with a number of samples that no entry backs', () => {
    expect(read({ duration: 1, flags: sync }, tfhd(), tfdt, trun(0, u32(0xffff_ffff)))?.sampleCount).toBe(
      0xffff_ffff,
    );
  });

  it('refuses fragments of unknown tracks and without decode time', () => {
    const unknown = fullBox('tfhd', 0, 0, u32(7));
    expect(() => read({ duration: 1, flags: 0 }, unknown)).toThrow('tfhd.track_ID');
    expect(() => read({ duration: 1, flags: 0 }, tfhd())).toThrow('traf.tfdt');
    expect(() => read({ duration: 1, flags: 0 }, joined([tfdt, trun(0, u32(1))]))).toThrow(
      'no tfhd before it',
    );
  });
});
