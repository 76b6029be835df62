// The cutter on hand-made streams: every way of chunking, every order of boxes, every limit.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CutItem, FragmentCutter } from './fragment-cutter.ts';
import { box, joined, madeFragment, madeInit, u32 } from './made-footage.ts';
import { MediaError } from './media-error.ts';

function cut(stream: Uint8Array, sizes: readonly number[] = [stream.length]): CutItem[] {
  const cutter = new FragmentCutter();
  const items: CutItem[] = [];
  let at = 0;
  for (let turn = 0; at < stream.length; turn += 1) {
    const size = sizes[turn % sizes.length] as number;
    items.push(...cutter.push(stream.subarray(at, at + size)));
    at += size;
  }
  return items;
}

function failure(stream: Uint8Array, cutter = new FragmentCutter()): MediaError {
  try {
    cutter.push(stream);
    cutter.push(new Uint8Array());
  } catch (error) {
    if (error instanceof MediaError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const init = madeInit({ withAudio: true });
const first = madeFragment({ kind: 'both', muxedAtMs: 1_700_000_000_250 });
const second = madeFragment({ startTicks: 18_000, durationTicks: 9_000, frames: 3, keyframe: false });
const third = madeFragment({ kind: 'audio' });

describe('FragmentCutter', () => {
  it('gives out the init section and every fragment with its times, each byte once', () => {
    const items = cut(joined([init, first, second, third]));
    expect(items.map((item) => item.kind)).toEqual(['init', 'fragment', 'fragment', 'fragment']);
    expect(items[0]).toMatchObject({
      bytes: init,
      layout: {
        video: { trackId: 1, codec: 'avc1.64001f', width: 640, height: 360, timescale: 90_000 },
        audio: { trackId: 2, codec: 'mp4a.40.2', sampleRate: 44_100, channels: 2, timescale: 44_100 },
      },
    });
    expect(items[1]).toMatchObject({
      offsetBytes: init.length,
      fragment: {
        bytes: first,
        muxedAtMs: 1_700_000_000_250,
        startTicks: 0,
        durationTicks: 18_000,
        startsWithKeyframe: true,
        videoFrames: 5,
      },
    });
    expect(items[2]).toMatchObject({
      fragment: { startTicks: 18_000, durationTicks: 9_000, startsWithKeyframe: false, videoFrames: 3 },
    });
  });

  it('places a fragment with audio alone at the end of the video before it', () => {
    expect(cut(joined([init, first, third]))[2]).toMatchObject({
      fragment: {
        muxedAtMs: 1_700_000_000_250,
        startTicks: 18_000,
        durationTicks: 0,
        startsWithKeyframe: false,
        videoFrames: 0,
      },
    });
  });

  it('cuts the same items however the pipe breaks the bytes up', () => {
    const stream = joined([init, first, second, third, madeFragment({ startTicks: 27_000 })]);
    const whole = cut(stream);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 20 }), (sizes) => {
        expect(cut(stream, sizes)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps what is not whole to itself', () => {
    const stream = joined([init, first]);
    expect(cut(stream.subarray(0, stream.length - 1)).map((item) => item.kind)).toEqual(['init']);
  });

  it('drops boxes that have no place in a stored file, and says where the next item lies', () => {
    const free = box('free', new Uint8Array(100_000));
    const items = cut(joined([init, free, first, box('mfra', [1, 2, 3])]), [1_000]);
    expect(items.map((item) => item.offsetBytes)).toEqual([0, init.length + free.length]);
  });

  it('begins anew at an init section in the middle', () => {
    const items = cut(joined([init, first, madeInit({ width: 1280 }), madeFragment()]));
    expect(items[2]).toMatchObject({ kind: 'init', layout: { video: { width: 1280 }, audio: undefined } });
    expect(items[3]).toMatchObject({ kind: 'fragment', fragment: { startTicks: 0 } });
  });

  it('reads 64-bit sizes', () => {
    const short = madeFragment({ sizeBytes: 400 });
    const mdatAt = indexOf(short, 'mdat') - 4;
    const payload = short.subarray(mdatAt + 8);
    const long = joined([
      short.subarray(0, mdatAt),
      u32(1),
      'mdat',
      u32(0),
      u32(payload.length + 16),
      payload,
    ]);
    for (const size of [long.length, 1]) {
      expect(cut(joined([init, long]), [init.length, size])[1]).toMatchObject({ fragment: { bytes: long } });
    }
  });

  it('refuses boxes out of order, naming offset and field', () => {
    expect(failure(first)).toMatchObject({ field: 'Box.type', offsetBytes: 0 });
    expect(failure(joined([init, box('mdat', [1])]))).toMatchObject({
      field: 'Box.type',
      offsetBytes: init.length,
    });
    expect(failure(joined([init, first.subarray(0, 32), box('mdat', [1])]))).toMatchObject({
      offsetBytes: init.length + 32,
    });
  });

  it('refuses zeros, as a file holds them after the power failed', () => {
    expect(failure(joined([init, first, new Uint8Array(64)]))).toMatchObject({
      field: 'Box.size',
      offsetBytes: init.length + first.length,
    });
  });

  it('gives out what was whole before the bytes went wrong', () => {
    const cutter = new FragmentCutter();
    expect(cutter.push(joined([init, first, new Uint8Array(64)])).map((item) => item.kind)).toEqual([
      'init',
      'fragment',
    ]);
    expect(() => cutter.push(first)).toThrow(MediaError);
  });

  it('refuses a box larger than its limit before it is collected', () => {
    const cutter = new FragmentCutter({ initLimitBytes: 10_000, fragmentLimitBytes: 50_000 });
    const stream = joined([init, first.subarray(0, 32), u32(50_000), 'moof']);
    expect(failure(stream, cutter)).toMatchObject({ field: 'Box.size', offsetBytes: init.length + 32 });
    const wide = new FragmentCutter({ initLimitBytes: 100, fragmentLimitBytes: 50_000 });
    expect(failure(init, wide)).toMatchObject({ field: 'Box.size' });
  });

  it('names the field that a malformed fragment ends in', () => {
    const torn = first.slice();
    const trun = indexOf(torn, 'trun');
    torn.set([0xff, 0xff, 0xff, 0xff], trun + 8);
    torn.set([0, 0, 0x01, 0x01], trun + 4);
    const error = failure(joined([init, torn]));
    expect(error.field).toBe('trun.sample_duration');
    expect(error.offsetBytes).toBeGreaterThan(init.length + trun);
  });

  it('survives any bytes: items, or a MediaError, in bounded time', () => {
    const stream = joined([init, first, second, third]);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(stream.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }),
        (flips) => {
          const damaged = stream.slice();
          for (const [at, value] of flips) damaged[at] = value;
          expect(['cut', 'MediaError']).toContain(outcome(damaged));
        },
      ),
      { numRuns: 400 },
    );
  });
});

function outcome(stream: Uint8Array): string {
  try {
    cut(stream, [97]);
    return 'cut';
  } catch (error) {
    return error instanceof Error ? error.name : 'no error at all';
  }
}

function indexOf(bytes: Uint8Array, type: string): number {
  const at = new TextDecoder('latin1').decode(bytes).indexOf(type);
  if (at < 0) throw new Error(`no ${type}`);
  return at;
}
