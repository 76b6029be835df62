// Which cameras an address names, and how a layout is filled.

import { describe, expect, it } from 'vitest';
import type { Camera } from '../../electron/contract/shapes.ts';
import { camerasOf, fillPlaces, placesFor } from './camera-group.ts';

const cameras = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }) as unknown as Camera);

describe('camerasOf', () => {
  it('keeps the address’ order, and leaves out what is gone or named twice', () => {
    expect(camerasOf('c,x,a,c', cameras).map(({ id }) => id)).toEqual(['c', 'a']);
    expect(camerasOf(undefined, cameras)).toEqual([]);
  });
});

describe('fillPlaces', () => {
  it('begins with the camera on screen and goes round', () => {
    expect(fillPlaces(cameras, cameras[3], 4)).toBe('d,e,a,b');
    expect(fillPlaces(cameras, undefined, 9)).toBe('a,b,c,d,e');
  });
});

describe('placesFor', () => {
  it('finds the layout with room for all', () => {
    expect([1, 2, 5, 12].map(placesFor)).toEqual([1, 4, 9, 16]);
  });
});
