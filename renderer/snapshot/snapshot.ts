// A snapshot: the frame on screen with camera and local time, saved by the browser under a name that tells both.
import i18next from 'i18next';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { remark } from '../controls/remark.tsx';
import { labels } from '../playback/zone.ts';
import { takePicture } from './picture.ts';
import { snapshotName } from './snapshot-name.ts';

/** How long the browser is given to fetch what it saves, before the picture's memory is let go. */
const fetchWithinMs = 60_000;

export interface Snapped {
  readonly cameraName: string;
  readonly video: HTMLVideoElement | undefined;
  /** Wall time of the frame on screen; undefined while there is none. */
  shownMs(): EpochMs | undefined;
}

/** Saves it and says so, or says why not. */
export async function saveSnapshot({ cameraName, video, shownMs }: Snapped): Promise<void> {
  const t = i18next.getFixedT(null, 'marks');
  let atMs: EpochMs | undefined;
  const captionFor = () => {
    atMs = shownMs();
    if (atMs === undefined) return undefined;
    const clock = labels.clock(atMs, 'millisecond');
    return { camera: cameraName, time: `${labels.day(atMs)}  ${clock}  ${labels.offset(atMs)}` };
  };
  try {
    const picture = video && (await takePicture(video, captionFor));
    if (picture === undefined || atMs === undefined) {
      remark({ text: t('snap.noPicture') });
      return;
    }
    const file = snapshotName(cameraName, labels.time, atMs);
    download(picture, file);
    remark({ text: t('snap.saved', { file }) });
  } catch {
    // Out of memory, or a picture of a protected source: nothing was written.
    remark({ text: t('snap.failed') });
  }
}

function download(picture: Blob, file: string): void {
  const address = URL.createObjectURL(picture);
  const link = document.createElement('a');
  link.href = address;
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), fetchWithinMs);
}
