// Full screen: the picture alone, without rail and header.
import { useSyncExternalStore } from 'react';

function subscribe(changed: () => void): () => void {
  document.addEventListener('fullscreenchange', changed);
  return () => document.removeEventListener('fullscreenchange', changed);
}

/** True while the window fills its screen. */
export function isFullScreen(): boolean {
  return document.fullscreenElement !== null;
}

export function useFullScreen(): boolean {
  return useSyncExternalStore(subscribe, isFullScreen);
}

/** Needs a gesture of the user; where the window may not fill the screen nothing happens. */
export function toggleFullScreen(): void {
  const done = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen();
  done.catch(() => undefined);
}
