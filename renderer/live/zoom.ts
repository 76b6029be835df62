// Digital zoom of a tile: which part of the picture fills it. Pure.

export interface Zoom {
  /** 1 is the whole picture. */
  readonly scale: number;
  /** Upper left corner of the part that is shown, as shares of the tile's width and height. */
  readonly left: number;
  readonly top: number;
}

export const wholePicture: Zoom = { scale: 1, left: 0, top: 0 };
/** Beyond this a pixel of the picture is as large as a letter. */
const mostScale = 8;
/** One press of a key. */
export const zoomStep = 1.25;
/** Pixels of the wheel that double the size. */
const wheelDoublesPx = 400;

export const wheelFactor = (deltaPx: number) => 2 ** (-deltaPx / wheelDoublesPx);

/** Nothing beside the picture is ever shown. */
function within({ scale, left, top }: Zoom): Zoom {
  const room = 1 - 1 / scale;
  return { scale, left: Math.min(room, Math.max(0, left)), top: Math.min(room, Math.max(0, top)) };
}

/** Larger or smaller by `factor`; what lies at `x`, `y` (shares of the tile) stays there. */
export function zoomedAt(zoom: Zoom, factor: number, x: number, y: number): Zoom {
  const scale = Math.min(mostScale, Math.max(1, zoom.scale * factor));
  // A last step that only rounding keeps from the whole picture.
  if (scale < 1.01) return wholePicture;
  return within({
    scale,
    left: zoom.left + x / zoom.scale - x / scale,
    top: zoom.top + y / zoom.scale - y / scale,
  });
}

/** Moves the shown part by shares of the tile; positive is to the right and down. */
export function panned(zoom: Zoom, byX: number, byY: number): Zoom {
  return within({ ...zoom, left: zoom.left + byX / zoom.scale, top: zoom.top + byY / zoom.scale });
}

/** For an element whose transform origin is its upper left corner. */
export function zoomTransform({ scale, left, top }: Zoom): string {
  return scale === 1 ? 'none' : `scale(${scale}) translate(${-left * 100}%, ${-top * 100}%)`;
}
