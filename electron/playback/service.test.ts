// Where clicks land, and when a playlist goes on growing.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readInitSection } from '../../recorder/media/init-section.ts';
import { madeInit } from '../../recorder/media/made-footage.ts';
import type { OpenSegment } from '../../recorder/model/footage.ts';
import { newId, type StreamId } from '../../recorder/model/ids.ts';
import type { FootageLedger } from '../../recorder/segments/ledger.ts';
import { createLedger } from '../catalog/ledger.ts';
import { type MadeCatalog, madeCatalog } from '../catalog/made-catalog.ts';
import { madeOpenSegment, madeSegment, wholeSpan } from '../catalog/made-segment.ts';
import { comesBackWithinMs, PlaybackService, playlistWindowMs } from './service.ts';

const baseMs = 1_795_248_000_000;
const initBytes = madeInit({ timescale: 1_000 });
let made: MadeCatalog;
let ledger: FootageLedger;
let initId: number;
let open: OpenSegment | undefined;
let nowMs: number;
let playback: PlaybackService;
beforeEach(() => {
  made = madeCatalog();
  ledger = createLedger(made.catalog);
  initId = ledger.saveInit(made.streamId, initBytes, readInitSection(initBytes).layout);
  open = undefined;
  nowMs = baseMs + 30_000;
  const clock = { nowMs: () => nowMs };
  playback = new PlaybackService({ catalog: made.catalog, openSegments: { openSegment: () => open }, clock });
});
afterEach(() => made.remove());

const commit = (fromMs: number, untilMs: number, keyframes: readonly number[] = [0]) => {
  const segment = madeSegment(made, initId, baseMs + fromMs, baseMs + untilMs);
  const whole = wholeSpan(segment);
  const spans = keyframes.map((atMs, index) => {
    const endMs = keyframes[index + 1] ?? untilMs - fromMs;
    const share = whole.sizeBytes / keyframes.length;
    return {
      ...whole,
      startMs: segment.startMs + atMs,
      startTicks: atMs,
      durationTicks: endMs - atMs,
      offsetBytes: index * share,
      sizeBytes: share,
    };
  });
  ledger.commitSegment(segment, spans);
};
const click = (atMs: number) => {
  const start = playback.open({ streamId: made.streamId, atMs: baseMs + atMs });
  return { ...start, atMs: start.atMs - baseMs, playlistStartMs: start.playlistStartMs - baseMs };
};
/** The playlist as the address of a click asks for it. */
const listed = ({ playlist }: { playlist: string }) => {
  const query = new URL(playlist, 'http://station').searchParams;
  return playback.playlist(made.streamId, Number(query.get('from')), Number(query.get('settled')));
};

describe('a click', () => {
  it('shows the moment, from the keyframe before it', () => {
    commit(0, 6_000, [0, 2_000, 4_000]);
    const start = click(3_900);
    expect(start).toEqual({
      playlist: `/playlist/${made.streamId}.m3u8?from=${baseMs + 2_000}&settled=${baseMs + 6_000}`,
      atMs: 3_900,
      playlistStartMs: 2_000,
      videoCodec: readInitSection(initBytes).layout.video.codec,
    });
    expect(listed(start)).toContain(`/footage/${made.streamId}/${baseMs}.mp4`);
  });

  it('into a gap shows the first footage after it', () => {
    commit(0, 6_000);
    commit(20_000, 26_000);
    expect(click(10_000)).toMatchObject({ atMs: 20_000, playlistStartMs: 20_000 });
  });

  it('into the segment being written shows what is complete of it', () => {
    commit(0, 6_000);
    open = madeOpenSegment(made, initId, baseMs + 6_000, [1_000, 1_000]);
    expect(click(7_500)).toMatchObject({ atMs: 7_500, playlistStartMs: 7_000 });
    expect(() => click(8_000)).toThrow(expect.objectContaining({ code: 'FOOTAGE_NOT_FOUND' }));
  });

  it('behind the newest footage is refused, and so is an unknown stream', () => {
    commit(0, 6_000);
    expect(() => click(6_000)).toThrow(expect.objectContaining({ code: 'FOOTAGE_NOT_FOUND' }));
    const streamId = newId<StreamId>();
    expect(() => playback.open({ streamId, atMs: 1 })).toThrow(
      expect.objectContaining({ code: 'STREAM_NOT_FOUND' }),
    );
  });
});

describe('a playlist', () => {
  const ends = (text: string) => text.endsWith('#EXT-X-ENDLIST\n');

  it('grows over spans and segments while the camera is recorded, and changes nothing listed', () => {
    open = madeOpenSegment(made, initId, baseMs, [1_000, 1_000]);
    const start = click(0);
    const first = listed(start);
    open = madeOpenSegment(made, initId, baseMs, [1_000, 1_000, 1_000]);
    const second = listed(start);
    expect(second.startsWith(first)).toBe(true);
    expect(second.length).toBeGreaterThan(first.length);
    expect(ends(second)).toBe(false);
  });

  it('stays open for a camera that may come back, then ends', () => {
    commit(0, 6_000);
    nowMs = baseMs + 6_000 + comesBackWithinMs - 1;
    expect(ends(listed(click(0)))).toBe(false);
    nowMs += 1;
    expect(ends(listed(click(0)))).toBe(true);
  });

  it('ends when footage goes on behind its hour', () => {
    commit(0, 6_000);
    commit(playlistWindowMs, playlistWindowMs + 6_000);
    const text = listed(click(0));
    expect(ends(text)).toBe(true);
    expect(text).not.toContain(String(baseMs + playlistWindowMs));
  });

  it('ends when its hour is over', () => {
    commit(0, 6_000);
    open = madeOpenSegment(made, initId, baseMs + 6_000, [1_000]);
    nowMs = baseMs + playlistWindowMs + 60_000;
    expect(ends(listed(click(0)))).toBe(true);
  });

  it('lists a segment once that is a row and still open', () => {
    commit(0, 1_000);
    open = madeOpenSegment(made, initId, baseMs, [1_000]);
    expect(listed(click(0)).match(/#EXTINF/g)).toHaveLength(1);
  });

  it('is refused where nothing is recorded', () => {
    expect(() => playback.playlist(made.streamId, baseMs, 0)).toThrow(
      expect.objectContaining({ code: 'FOOTAGE_NOT_FOUND' }),
    );
  });
});
