// Playlists as text: RFC 8216, and that an entry once listed never changes.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FragmentSpan } from '../../recorder/model/footage.ts';
import { asId, type StreamId } from '../../recorder/model/ids.ts';
import { buildPlaylist, entriesLimit, type PlayableSegment, type PlaylistRequest } from './playlist.ts';

const streamId = asId<StreamId>('0b36e2a4-5b0e-4c43-9d0e-0c3a0f6c2a11');
/** 2026-11-21T08:00:00Z */
const eightMs = 1_795_248_000_000;
const timescale = 90_000;

/** Spans of the given seconds, one after the other; `k` begins with a keyframe, e.g. `k1 1 k1.5`. */
function segment(
  offsetMs: number,
  text: string,
  changes: Partial<PlayableSegment> & { ticks?: number } = {},
): PlayableSegment {
  const { ticks = (offsetMs * timescale) / 1_000, ...rest } = changes;
  const spans: FragmentSpan[] = [];
  let seconds = 0;
  for (const word of text.split(' ')) {
    const startsWithKeyframe = word.startsWith('k');
    const length = Number(word.replace('k', ''));
    spans.push({
      startMs: eightMs + offsetMs + Math.round(seconds * 1_000),
      startTicks: ticks + seconds * timescale,
      durationTicks: length * timescale,
      offsetBytes: 800 + seconds * 1_000,
      sizeBytes: length * 1_000,
      startsWithKeyframe,
    });
    seconds += length;
  }
  return { startMs: eightMs + offsetMs, runStartMs: eightMs, initId: 4, timescale, spans, ...rest };
}

const playlist = (segments: readonly PlayableSegment[], changes: Partial<PlaylistRequest> = {}) =>
  buildPlaylist({
    streamId,
    segments,
    fromMs: eightMs,
    untilMs: eightMs + 3_600_000,
    settledMs: 0,
    growing: true,
    ...changes,
  });

const settled = { settledMs: eightMs + 3_600_000, growing: false };
const lines = (text: string | undefined, tag: string) =>
  (text ?? '').split('\n').filter((line) => line.startsWith(tag));

describe('a growing playlist', () => {
  it('lists each span by itself and stays open', () => {
    expect(playlist([segment(0, 'k1 0.5 k1.2')])).toBe(
      `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:2
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:EVENT
#EXT-X-MAP:URI="/init/4.mp4"
#EXT-X-PROGRAM-DATE-TIME:2026-11-21T08:00:00.000Z
#EXTINF:1.000000,
#EXT-X-BYTERANGE:1000@800
/footage/${streamId}/${eightMs}.mp4
#EXTINF:0.500000,
#EXT-X-BYTERANGE:500@1800
/footage/${streamId}/${eightMs}.mp4
#EXT-X-PROGRAM-DATE-TIME:2026-11-21T08:00:01.500Z
#EXTINF:1.200000,
#EXT-X-BYTERANGE:1200@2300
/footage/${streamId}/${eightMs}.mp4
`,
    );
  });

  it('lists what was settled when it was opened in whole GOPs', () => {
    const text = playlist([segment(0, 'k1 1 k1 1 k1 1')], { settledMs: eightMs + 6_000 });
    expect(lines(text, '#EXT-X-BYTERANGE')).toEqual([
      '#EXT-X-BYTERANGE:2000@800',
      '#EXT-X-BYTERANGE:2000@2800',
      '#EXT-X-BYTERANGE:1000@4800',
      '#EXT-X-BYTERANGE:1000@5800',
    ]);
  });

  it('does not join GOPs so long that its reloads would become slow', () => {
    const text = playlist([segment(0, 'k1 1 1 1 1 1 k1 1 k1')], { settledMs: eightMs + 9_000 });
    expect(lines(text, '#EXTINF')).toHaveLength(6 + 1 + 1);
    expect(lines(text, '#EXT-X-TARGETDURATION')).toEqual(['#EXT-X-TARGETDURATION:2']);
  });

  it('changes no entry while it grows, whatever the GOPs are', () => {
    const span = fc.record({ key: fc.boolean(), tenths: fc.integer({ min: 1, max: 24 }) });
    const files = fc.array(fc.array(span, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(files, fc.nat(), fc.nat(), (made, cutAt, settledAt) => {
        let offsetMs = 0;
        const all = made.map((spans) => {
          const text = spans
            .map(({ key, tenths }, index) => `${key || index === 0 ? 'k' : ''}${tenths / 10}`)
            .join(' ');
          const one = segment(offsetMs, text);
          offsetMs += spans.reduce((sum, { tenths }) => sum + tenths * 100, 0);
          return one;
        });
        const count = all.reduce((sum, { spans }) => sum + spans.length, 0);
        const opened = upTo(all, 1 + (settledAt % count));
        const last = opened.at(-1)?.spans.at(-1);
        const settledMs = (last?.startMs ?? 0) + Math.round(((last?.durationTicks ?? 0) * 1_000) / timescale);
        const listed = 1 + Math.max(settledAt % count, cutAt % count);
        const before = playlist(upTo(all, listed), { settledMs }) ?? '';
        const after = playlist(all, { settledMs }) ?? '';
        expect(after.startsWith(before)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

/** The footage as it was when only its first spans were recorded. */
function upTo(segments: readonly PlayableSegment[], count: number): PlayableSegment[] {
  const known: PlayableSegment[] = [];
  let left = count;
  for (const one of segments) {
    if (left > 0) known.push({ ...one, spans: one.spans.slice(0, left) });
    left -= one.spans.length;
  }
  return known;
}

describe('a settled playlist', () => {
  it('ends, and lists long GOPs whole', () => {
    const text = playlist([segment(0, 'k1 1 1 1 1 1 1 1 1 1 k1 1')], settled);
    expect(lines(text, '#EXTINF')).toEqual(['#EXTINF:10.000000,', '#EXTINF:2.000000,']);
    expect(lines(text, '#EXT-X-TARGETDURATION')).toEqual(['#EXT-X-TARGETDURATION:10']);
    expect(text?.endsWith('#EXT-X-ENDLIST\n')).toBe(true);
  });

  it('joins GOPs of less than a second', () => {
    const text = playlist([segment(0, 'k0.25 k0.25 k0.25 k0.25 k0.25 k0.25')], settled);
    expect(lines(text, '#EXTINF')).toEqual(['#EXTINF:1.000000,', '#EXTINF:0.500000,']);
  });

  it('plays on over the border of two segments of a run', () => {
    const text = playlist([segment(0, 'k2'), segment(2_000, 'k2')], settled);
    expect(lines(text, '#EXT-X-DISCONTINUITY')).toEqual([]);
    expect(lines(text, '#EXT-X-MAP')).toHaveLength(1);
    expect(lines(text, '/footage')).toEqual([
      `/footage/${streamId}/${eightMs}.mp4`,
      `/footage/${streamId}/${eightMs + 2_000}.mp4`,
    ]);
  });
});

describe('a discontinuity', () => {
  const at = (segments: readonly PlayableSegment[]) => {
    const text = playlist(segments, settled) ?? '';
    return text.slice(text.indexOf('#EXT-X-DISCONTINUITY')).split('\n').slice(0, 4);
  };

  it('stands before another run, with its init and its wall time', () => {
    const other = segment(9_000, 'k2', { runStartMs: eightMs + 9_000, initId: 5, ticks: 0 });
    expect(at([segment(0, 'k2'), other])).toEqual([
      '#EXT-X-DISCONTINUITY',
      '#EXT-X-MAP:URI="/init/5.mp4"',
      '#EXT-X-PROGRAM-DATE-TIME:2026-11-21T08:00:09.000Z',
      '#EXTINF:2.000000,',
    ]);
  });

  it('stands before another init of the same run', () => {
    expect(at([segment(0, 'k2'), segment(2_000, 'k2', { initId: 9 })])[1]).toBe(
      '#EXT-X-MAP:URI="/init/9.mp4"',
    );
  });

  it('stands where media time has a hole inside a run', () => {
    const text = playlist([segment(0, 'k2'), segment(2_200, 'k2')], settled);
    expect(lines(text, '#EXT-X-DISCONTINUITY')).toHaveLength(1);
    expect(lines(text, '#EXT-X-PROGRAM-DATE-TIME')[1]).toBe(
      '#EXT-X-PROGRAM-DATE-TIME:2026-11-21T08:00:02.200Z',
    );
  });

  it('does not stand at the hole of one lost frame', () => {
    const text = playlist([segment(0, 'k2'), segment(2_040, 'k2')], settled);
    expect(lines(text, '#EXT-X-DISCONTINUITY')).toEqual([]);
  });
});

describe('where a playlist begins and ends', () => {
  const long = segment(0, 'k1 1 k1 1 k1 1');

  it('begins at the keyframe before the moment', () => {
    const text = playlist([long], { fromMs: eightMs + 3_900 });
    expect(lines(text, '#EXT-X-PROGRAM-DATE-TIME')[0]).toContain('08:00:02.000Z');
  });

  it('begins at the first footage after a moment that has none', () => {
    const text = playlist([segment(5_000, 'k1 1')], { fromMs: eightMs });
    expect(lines(text, '#EXT-X-PROGRAM-DATE-TIME')[0]).toContain('08:00:05.000Z');
  });

  it('lists what begins before its end', () => {
    const text = playlist([long], { untilMs: eightMs + 4_000 });
    expect(lines(text, '#EXTINF')).toHaveLength(4);
  });

  it('is none without a keyframe', () => {
    expect(playlist([segment(0, '1 1')])).toBeUndefined();
    expect(playlist([])).toBeUndefined();
  });

  it('ends at its limit of entries, even when more would come', () => {
    const hour = Array.from({ length: 80 }, (_, index) =>
      segment(index * 10_000, Array(100).fill('k0.1').join(' ')),
    );
    const text = playlist(hour);
    expect(lines(text, '#EXTINF')).toHaveLength(entriesLimit);
    expect(lines(text, '#EXT-X-ENDLIST')).toHaveLength(1);
  });
});
