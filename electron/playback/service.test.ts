// Where clicks land, and when a playlist goes on growing.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readInitSection } from '../../recorder/media/init-section.ts';
import { madeInit } from '../../recorder/media/made-footage.ts';
import type { OpenSegment } from '../../recorder/model/footage.ts';
import { newId, type StreamId } from '../../recorder/model/ids.ts';
import type { FootageLedger } from '../../recorder/segments/ledger.ts';
import { CameraRows } from '../catalog/cameras.ts';
import { createLedger } from '../catalog/ledger.ts';
import { addCamera, type MadeCatalog, madeCatalog } from '../catalog/made-catalog.ts';
import { madeOpenSegment, madeSegment, wholeSpan } from '../catalog/made-segment.ts';
import { FormerCamera } from '../contract/shapes.ts';
import { TimelineService } from '../footage/timeline.ts';
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

describe('a camera that was removed', () => {
  const remove = () => new CameraRows(made.catalog).remove(made.cameraId, baseMs + 20_000);

  it('is listed with what is left of it, and played like any other', () => {
    commit(0, 6_000);
    commit(8_000, 14_000);
    expect(playback.former()).toEqual([]);
    remove();
    const { width, height } = readInitSection(initBytes).layout.video;
    const [former] = playback.former();
    expect(FormerCamera.parse(former)).toEqual({
      ...{ id: made.cameraId, streamId: made.streamId, name: 'Gate', removedMs: baseMs + 20_000 },
      ...{ oldestMs: baseMs, newestMs: baseMs + 14_000, picture: { width, height } },
    });
    expect(listed(click(7_000))).toContain(`/footage/${made.streamId}/${baseMs + 8_000}.mp4`);
    const timeline = new TimelineService(made.catalog, { openSegment: () => undefined });
    const range = { streamId: made.streamId, startMs: baseMs, endMs: baseMs + 20_000, mergeMs: 0 };
    expect(timeline.range(range).coverage).toHaveLength(2);
  });

  it('is not listed any more once the last of its footage is deleted', () => {
    commit(0, 6_000);
    commit(8_000, 14_000);
    remove();
    const { streamId } = made;
    ledger.discard([{ streamId, startMs: baseMs }], nowMs);
    expect(playback.former()).toMatchObject([{ oldestMs: baseMs + 8_000 }]);
    ledger.discard([{ streamId, startMs: baseMs + 8_000 }], nowMs);
    expect(playback.former()).toEqual([]);
  });

  it('that never recorded is not listed, and the last removed comes first', () => {
    commit(0, 6_000);
    remove();
    const yard = { ...made, ...addCamera(made.catalog, 'Yard') };
    const yardInit = ledger.saveInit(yard.streamId, initBytes, readInitSection(initBytes).layout);
    const segment = madeSegment(yard, yardInit, baseMs, baseMs + 1_000);
    ledger.commitSegment(segment, [wholeSpan(segment)]);
    const rows = new CameraRows(made.catalog);
    rows.remove(yard.cameraId, baseMs + 21_000);
    rows.remove(addCamera(made.catalog, 'Door').cameraId, baseMs + 22_000);
    expect(playback.former().map(({ name }) => name)).toEqual(['Yard', 'Gate']);
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
