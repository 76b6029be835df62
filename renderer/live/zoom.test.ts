// Digital zoom: what is under the pointer stays there, and nothing beside the picture is shown.
import { describe, expect, it } from 'vitest';
import { panned, wheelFactor, wholePicture, zoomedAt, zoomTransform } from './zoom.ts';

describe('digital zoom', () => {
  it('keeps what is under the pointer', () => {
    const once = zoomedAt(wholePicture, 2, 0.75, 0.5);
    expect(once.left + 0.75 / once.scale).toBeCloseTo(0.75);
    const twice = zoomedAt(once, 2, 0.2, 0.6);
    expect(twice.left + 0.2 / twice.scale).toBeCloseTo(once.left + 0.2 / once.scale);
    expect(twice.top + 0.6 / twice.scale).toBeCloseTo(once.top + 0.6 / once.scale);
  });

  it('ends at eight times and at the whole picture', () => {
    expect(zoomedAt(wholePicture, 100, 0.5, 0.5).scale).toBe(8);
    expect(zoomedAt(zoomedAt(wholePicture, 3, 0.9, 0.9), 0.01, 0.5, 0.5)).toEqual(wholePicture);
  });

  it('never leaves the picture', () => {
    const zoomed = zoomedAt(wholePicture, 2, 0.5, 0.5);
    expect(panned(zoomed, -9, -9)).toEqual({ scale: 2, left: 0, top: 0 });
    expect(panned(zoomed, 9, 9)).toEqual({ scale: 2, left: 0.5, top: 0.5 });
    expect(panned(wholePicture, 1, 1)).toEqual(wholePicture);
    const out = zoomedAt(panned(zoomed, 9, 9), 0.75, 0, 0);
    expect(out.left + 1 / out.scale).toBeLessThanOrEqual(1);
  });

  it('doubles within a usual turn of the wheel', () => {
    expect(wheelFactor(-400)).toBe(2);
    expect(wheelFactor(400)).toBe(0.5);
  });

  it('is a transform from the upper left corner', () => {
    expect(zoomTransform(wholePicture)).toBe('none');
    expect(zoomTransform({ scale: 2, left: 0.25, top: 0.5 })).toBe('scale(2) translate(-25%, -50%)');
  });
});
