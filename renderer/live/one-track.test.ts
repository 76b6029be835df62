// One track is left, nothing moves. The bytes are built by hand after ISO/IEC 14496-12.
import { describe, expect, it } from 'vitest';
import { keepTrackOfFragment, keepTrackOfInit } from './one-track.ts';

const word = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const letters = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));
const box = (type: string, ...content: number[][]): number[] => {
  const body = content.flat();
  return [...word(body.length + 8), ...letters(type), ...body];
};

const track = (id: number, handler: string, version = 0) =>
  box(
    'trak',
    box('tkhd', [version, 0, 0, 7], new Array(version === 1 ? 16 : 8).fill(0), word(id), word(0)),
    box('mdia', box('mdhd', word(0)), box('hdlr', word(0), word(0), letters(handler))),
  );
const init = (...tracks: number[][]) =>
  Uint8Array.from([
    ...box('ftyp', letters('iso6')),
    ...box(
      'moov',
      box('mvhd', word(0)),
      ...tracks,
      box('mvex', box('trex', word(0), word(1)), box('trex', word(0), word(2))),
    ),
  ]);
const part = (id: number) => box('traf', box('tfhd', word(0), word(id)));
const fragment = (...parts: number[][]) =>
  Uint8Array.from([
    ...box('prft', word(0)),
    ...box('moof', box('mfhd', word(0)), ...parts),
    ...box('mdat', letters('traf')),
  ]);

const count = (bytes: Uint8Array, type: string) =>
  bytes.reduce(
    (found, _, at) => found + (letters(type).every((code, index) => bytes[at + index] === code) ? 1 : 0),
    0,
  );

describe('keepTrackOfInit', () => {
  it('frees the sound’s track and its defaults, and says the picture’s track', () => {
    const bytes = init(track(2, 'soun'), track(1, 'vide', 1));
    const before = bytes.length;
    expect(keepTrackOfInit(bytes, 'vide')).toBe(1);
    expect(bytes).toHaveLength(before);
    expect([count(bytes, 'trak'), count(bytes, 'trex'), count(bytes, 'free')]).toEqual([1, 1, 2]);
  });

  it('leaves the sound alone when that is wanted', () => {
    const bytes = init(track(1, 'vide'), track(2, 'soun'));
    expect(keepTrackOfInit(bytes, 'soun')).toBe(2);
    expect([count(bytes, 'trak'), count(bytes, 'trex')]).toEqual([1, 1]);
    expect(keepTrackOfInit(init(track(1, 'vide')), 'soun')).toBeUndefined();
  });

  it('leaves an init without sound as it is', () => {
    const bytes = init(track(1, 'vide'));
    expect(keepTrackOfInit(bytes, 'vide')).toBe(1);
    expect(count(bytes, 'trak')).toBe(1);
  });

  it('says nothing about bytes that are no init', () => {
    expect(keepTrackOfInit(Uint8Array.of(0, 0, 0, 2, 1, 2, 3, 4), 'vide')).toBeUndefined();
    expect(keepTrackOfInit(new Uint8Array(0), 'vide')).toBeUndefined();
  });
});

describe('keepTrackOfFragment', () => {
  it('frees the sound’s part and touches nothing else', () => {
    const bytes = fragment(part(1), part(2));
    expect(keepTrackOfFragment(bytes, 1)).toBe(true);
    // One part is left, and the letters inside mdat are media, not a box.
    expect([count(bytes, 'traf'), count(bytes, 'free')]).toEqual([2, 1]);
  });

  it('says when there is no picture in it', () => {
    expect(keepTrackOfFragment(fragment(part(2)), 1)).toBe(false);
    expect(keepTrackOfFragment(Uint8Array.of(255, 255, 255, 255, 1, 2, 3, 4), 1)).toBe(false);
  });
});
