// The panels beside the picture: marks, or the search for motion; one of them at a time.

import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Mark } from '../../electron/contract/marks.ts';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { MarksPanel } from '../marks/marks-panel.tsx';
import { marksPanel, useMarksPanel } from '../marks/panel-state.ts';
import { MotionPanel } from '../motion/motion-panel.tsx';
import { motionSearch, useMotionSearch } from '../motion/motion-search.ts';
import type { PlayedCamera } from '../station/played-camera.ts';
import type { Viewport } from '../timeline/viewport.ts';
import type { Playable } from './playable.ts';
import { labels } from './zone.ts';

interface SidePanelsProps {
  readonly camera: PlayedCamera;
  readonly player: Playable;
  readonly view: Viewport;
  onPlayMark(mark: Mark): void;
  /** Plays from the moment. */
  onPlay(ms: EpochMs): void;
}

export function SidePanels({ camera, player, view, onPlayMark, onPlay }: SidePanelsProps) {
  useEffect(oneAtATime, []);
  const dayMs = usePlayedDay(player);
  return (
    <div className="col-start-2 row-start-1 min-h-0">
      <MarksPanel onPlay={onPlayMark} />
      <MotionPanel camera={camera} dayMs={dayMs} view={view} onPlay={onPlay} />
    </div>
  );
}

/** Two panels would leave a small screen no picture: opening either closes the other. */
function oneAtATime(): () => void {
  if (useMotionSearch.getState().isOpen) marksPanel.close();
  const stops = [
    useMarksPanel.subscribe((now, before) => now.isOpen && !before.isOpen && motionSearch.close()),
    useMotionSearch.subscribe((now, before) => now.isOpen && !before.isOpen && marksPanel.close()),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Begin of the local day that is played; today until there is a picture. */
function usePlayedDay(player: Playable): EpochMs {
  const [subscribe] = useState(() => (changed: () => void) => player.onFrame(changed));
  return useSyncExternalStore(subscribe, () =>
    labels.time.startOfDay(labels.time.read(player.targetMs() ?? Date.now())),
  );
}
