// Small tiles show the small stream, large and looked-at ones the main stream, and nothing flickers between.
import { describe, expect, it } from 'vitest';
import { streamFor } from './stream-choice.ts';

const tile = { heightPx: 300, scale: 1, isLookedAt: false, subHeight: 360 };

describe('the stream of a tile', () => {
  it('is the small one in a small tile', () => {
    expect(streamFor(tile, undefined)).toBe('sub');
  });

  it('is the main one in a large tile, a zoomed one and the one that is looked at', () => {
    expect(streamFor({ ...tile, heightPx: 700 }, 'sub')).toBe('main');
    expect(streamFor({ ...tile, scale: 3 }, 'sub')).toBe('main');
    expect(streamFor({ ...tile, isLookedAt: true }, 'sub')).toBe('main');
  });

  it('stays what it was while the size is between', () => {
    const between = { ...tile, heightPx: 450 };
    expect(streamFor(between, 'main')).toBe('main');
    expect(streamFor(between, 'sub')).toBe('sub');
  });

  it('goes by the usual size while the small picture is not known', () => {
    expect(streamFor({ ...tile, heightPx: 500, subHeight: undefined }, undefined)).toBe('sub');
    expect(streamFor({ ...tile, heightPx: 900, subHeight: undefined }, undefined)).toBe('main');
  });
});
