// What the playback screen shows: handed over when another camera or layout takes its place, so that the moment goes on.
import type { CameraId } from '../../recorder/model/ids.ts';
import type { Playable } from './playable.ts';

interface OnScreen {
  readonly playable: Playable;
  /** The camera that is shown alone, or the chosen one of several. */
  readonly cameraId: CameraId;
}

let current: OnScreen | undefined;
let handedOver: { readonly playing: boolean } | undefined;

export const onScreen = {
  /** Until the answer is called. */
  enlist(shown: OnScreen): () => void {
    current = shown;
    return () => {
      if (current === shown) current = undefined;
    };
  },
  cameraId: (): CameraId | undefined => current?.cameraId,
  /** The moment on screen in whole ms, for what is shown next, which plays on if this one plays. */
  handOver(): { readonly at?: number } {
    const ms = current?.playable.targetMs();
    if (current === undefined || ms === undefined) return {};
    handedOver = { playing: current.playable.store.getState().playing };
    return { at: Math.max(0, Math.round(ms)) };
  },
  /** Whether what was shown before was playing; undefined when this screen was opened in another way. Told once. */
  takeOver(): boolean | undefined {
    const playing = handedOver?.playing;
    handedOver = undefined;
    return playing;
  },
};
