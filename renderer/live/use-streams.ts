// Which streams a tile asks for: by its size, its zoom and whether it is looked at.
import { type RefObject, useEffect, useState } from 'react';
import type { Camera } from '../../electron/contract/shapes.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import { streamFor } from './stream-choice.ts';
import { useWall } from './wall.ts';

interface Streams {
  readonly wanted: StreamId;
  readonly other: StreamId | undefined;
}

export function useStreams(
  camera: Camera,
  tile: RefObject<HTMLElement | null>,
  isEnlarged: boolean,
): Streams {
  const heightPx = useHeightPx(tile);
  const scale = useWall((state) => state.zooms.get(camera.streamId)?.scale) ?? 1;
  const isFocused = useWall((state) => state.focused === camera.streamId);
  const [before, setBefore] = useState<'main' | 'sub'>();
  const main = camera.streamId;
  const sub = camera.sub?.streamId;
  if (sub === undefined || heightPx === undefined) return { wanted: main, other: sub };
  const choice = streamFor(
    { heightPx, scale, isLookedAt: isEnlarged || isFocused, subHeight: camera.sub?.picture?.height },
    before,
  );
  if (choice !== before) setBefore(choice);
  return choice === 'main' ? { wanted: main, other: sub } : { wanted: sub, other: main };
}

/** In device pixels; undefined until it was measured. */
function useHeightPx(element: RefObject<HTMLElement | null>): number | undefined {
  const [heightPx, setHeightPx] = useState<number>();
  useEffect(() => {
    if (element.current === null) return undefined;
    const watcher = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setHeightPx(entry.contentRect.height * window.devicePixelRatio);
    });
    watcher.observe(element.current);
    return () => watcher.disconnect();
  }, [element]);
  return heightPx;
}
