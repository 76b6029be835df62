// Video elements of the wall, used again: a browser keeps a decoder with each one until it finds time to collect it.

/** Elements kept for tiles to come: those of the largest layout. */
const keptLimit = 25;

const kept: HTMLVideoElement[] = [];

/** An element without a source, in no document. */
export function takeVideo(): HTMLVideoElement {
  const video = kept.pop() ?? document.createElement('video');
  video.playsInline = true;
  video.muted = true;
  video.tabIndex = -1;
  video.ariaHidden = 'true';
  return video;
}

/** Takes an element back; whoever gave it has stopped its player. */
export function giveVideo(video: HTMLVideoElement): void {
  video.remove();
  video.removeAttribute('src');
  video.removeAttribute('style');
  video.className = '';
  video.load();
  if (kept.length < keptLimit) kept.push(video);
}
