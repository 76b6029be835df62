// The wall map of a playlist, before and after its entries are loaded.
import { describe, expect, it } from 'vitest';
import { joined, madeFragment, madeInit } from '../../recorder/media/made-footage.ts';
import { PlaylistMap } from './playlist-map.ts';

const startMs = Date.UTC(2026, 10, 21, 14);
const initSegment = { url: 'http://station/init/1.mp4' };
const entry = (sn: number, start: number, wallMs: number) => ({
  sn,
  start,
  duration: 2,
  programDateTime: wallMs,
  initSegment,
});

/** Two seconds of fragments whose wall clock runs 10 ms per second behind media time. */
const slewed = joined(
  Array.from({ length: 10 }, (_, index) =>
    madeFragment({ startTicks: 900_000 + index * 18_000, muxedAtMs: startMs + index * 198 }),
  ),
);

describe('PlaylistMap', () => {
  it('goes by the playlist until the bytes are there, then by the bytes', () => {
    const playlist = new PlaylistMap();
    playlist.list([entry(0, 0, startMs), entry(1, 2, startMs + 1_980)]);
    expect(playlist.current().wallAt(1.9)).toBe(startMs + 1_900);

    playlist.addInit(initSegment.url, madeInit());
    playlist.addBytes(entry(0, 0, startMs), slewed, -10);
    expect(playlist.current().wallAt(1.8)).toBeCloseTo(startMs + 9 * 198, 2);
    expect(playlist.current().wallAt(2.5)).toBe(startMs + 2_480);
    const place = playlist.current().placeOf(startMs + 9 * 198 + 100);
    expect(place.kind === 'inside' && place.mediaS).toBeCloseTo(1.9, 4);
  });

  it('knows where the GOP of a moment begins, and that none is listed beyond the ends', () => {
    const playlist = new PlaylistMap();
    playlist.list([entry(0, 0, startMs), entry(1, 2, startMs + 1_980)]);
    expect(playlist.entryStartMs(startMs + 1_500)).toBe(startMs);
    expect(playlist.entryStartMs(startMs + 2_500)).toBe(startMs + 1_980);
    expect(playlist.entryStartMs(startMs - 1)).toBeUndefined();
    expect(playlist.entryStartMs(startMs + 5_000)).toBeUndefined();
  });

  it('counts from the video even where the player counts from the audio', () => {
    const playlist = new PlaylistMap();
    // hls.js aligned the audio, which begins 100 ms earlier, with the entry's begin.
    playlist.list([entry(0, 0, startMs)]);
    playlist.addInit(initSegment.url, madeInit({ withAudio: true }));
    playlist.addBytes(entry(0, 0, startMs), slewed, -9.9);
    expect(playlist.current().wallAt(0.1)).toBeCloseTo(startMs, 3);
  });

  it('keeps what it read when the playlist grows', () => {
    const playlist = new PlaylistMap();
    playlist.list([entry(0, 0, startMs)]);
    playlist.addInit(initSegment.url, madeInit());
    playlist.addBytes(entry(0, 0, startMs), slewed, -10);
    playlist.list([entry(0, 0, startMs), entry(1, 2, startMs + 1_980)]);
    expect(playlist.current().wallAt(1.8)).toBeCloseTo(startMs + 9 * 198, 2);
    expect(playlist.current().endMs).toBe(startMs + 3_980);
  });

  it('goes by the playlist where the init section is not known', () => {
    const playlist = new PlaylistMap();
    playlist.list([entry(0, 0, startMs)]);
    playlist.addBytes(entry(0, 0, startMs), slewed, -10);
    expect(playlist.current().wallAt(1.8)).toBe(startMs + 1_800);
  });
});
