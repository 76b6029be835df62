// Grey pictures made by hand for tests: a scene with corners and slopes, noise, light, things that pass, a camera that trembles.

import { analysis } from './cells.ts';

const { width, height } = analysis;

/** The same numbers for the same seed, 0..1 (mulberry32). */
export function madeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Scene {
  /** Grey levels of sensor noise, evenly spread to both sides. */
  readonly noise?: number;
  readonly gain?: number;
  readonly shift?: number;
  /** By how many pixels of the small picture the camera looks aside. */
  readonly aside?: { readonly x: number; readonly y: number };
  /** Something in front of the scene, in pixels of the small picture. */
  readonly thing?: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
    readonly grey: number;
  };
}

/** Houses with windows under a sky that gets darker to the top. */
function sceneAt(x: number, y: number): number {
  if (y < 12) return 200 - y * 3;
  const isWindow = Math.floor(x) % 9 < 4 && Math.floor(y) % 8 < 4;
  return (isWindow ? 70 : 120) + x / 4;
}

export function madePicture(scene: Scene, random: () => number): Uint8Array {
  const { noise = 0, gain = 1, shift = 0, aside = { x: 0, y: 0 }, thing } = scene;
  const picture = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isThing =
        thing !== undefined &&
        x >= thing.left &&
        x < thing.left + thing.width &&
        y >= thing.top &&
        y < thing.top + thing.height;
      const value = isThing ? thing.grey : sceneAt(x + aside.x, y + aside.y);
      const lit = value * gain + shift + (random() * 2 - 1) * noise;
      picture[y * width + x] = Math.max(0, Math.min(255, Math.round(lit)));
    }
  }
  return picture;
}
