// The picture of a snapshot: the very frame on screen, untouched, and below it a band with camera and local time.

/** Part of the picture's height that the band adds, and the least it needs to be read. */
const bandShare = 0.055;
const leastBandPx = 28;
const band = { ground: '#000000', ink: '#ffffff', softInk: '#c3ccd8' } as const;
/** Hardly any loss that could be seen, at a third of a PNG's size. */
const jpegQuality = 0.95;
/** A paused video brings no new frame; a playing one brings its next within this. */
const nextFrameWithinMs = 200;

export interface Caption {
  readonly camera: string;
  readonly time: string;
}

/**
 * Draws the frame that the video shows when `captionFor` is asked about it, so that picture and time belong together.
 * Undefined when the video has no frame, or `captionFor` knows no time for it.
 */
export async function takePicture(
  video: HTMLVideoElement,
  captionFor: () => Caption | undefined,
): Promise<Blob | undefined> {
  if (!video.paused) await nextFrame(video);
  const caption = captionFor();
  const { videoWidth: width, videoHeight: height } = video;
  if (caption === undefined || width === 0 || height === 0) return undefined;
  const bandHeight = Math.max(leastBandPx, Math.round(height * bandShare));
  const canvas = new OffscreenCanvas(width, height + bandHeight);
  const pen = canvas.getContext('2d', { alpha: false });
  if (pen === null) return undefined;
  pen.drawImage(video, 0, 0, width, height);
  drawBand(pen, { width, top: height, height: bandHeight }, caption);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: jpegQuality });
}

/** Resolves right after the frame that comes next, when those who tell its time have heard of it. */
function nextFrame(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    const waiting = video.requestVideoFrameCallback(() => resolve());
    setTimeout(() => {
      video.cancelVideoFrameCallback(waiting);
      resolve();
    }, nextFrameWithinMs);
  });
}

interface Place {
  readonly width: number;
  readonly top: number;
  readonly height: number;
}

function drawBand(pen: OffscreenCanvasRenderingContext2D, place: Place, { camera, time }: Caption): void {
  const { width, top, height } = place;
  const inset = Math.round(height * 0.4);
  pen.fillStyle = band.ground;
  pen.fillRect(0, top, width, height);
  pen.textBaseline = 'middle';
  const middle = top + height / 2 + 1;
  const family = '"Inter Variable", system-ui, sans-serif';
  // The time is what must never be cut: it sets the size of the letters.
  let size = Math.round(height * 0.52);
  const timeFont = () => `500 ${size}px ${family}`;
  pen.font = timeFont();
  while (size > 6 && pen.measureText(time).width > width * 0.6) {
    size -= 1;
    pen.font = timeFont();
  }
  pen.fillStyle = band.ink;
  pen.textAlign = 'right';
  pen.fillText(time, width - inset, middle);
  const room = width - pen.measureText(time).width - 3 * inset;
  pen.font = `600 ${size}px ${family}`;
  pen.textAlign = 'left';
  pen.fillText(
    cutTo(camera, room, (text) => pen.measureText(text).width),
    inset,
    middle,
  );
}

/** The text, or as much of its begin as fits with an ellipsis. */
export function cutTo(text: string, room: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= room) return text;
  const letters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)];
  for (let count = letters.length - 1; count > 0; count -= 1) {
    const begin = `${letters
      .slice(0, count)
      .map(({ segment }) => segment)
      .join('')
      .trimEnd()}…`;
    if (widthOf(begin) <= room) return begin;
  }
  return '';
}
