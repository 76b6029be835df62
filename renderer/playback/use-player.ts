// One player per stream and video element, thrown away with either; and its frames as React values.

import { useEffect, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { StreamId } from '../../recorder/model/ids.ts';
import { loop } from '../marks/loop.ts';
import { station } from '../station/client.ts';
import type { FootageKeeper } from './footage-keeper.ts';
import type { Playable } from './playable.ts';
import { Player } from './player.ts';
import type { PlayerState } from './player-state.ts';

/** The player of a stream in a video element; undefined until the element is there. `turnsBack`: it plays the loop by itself. */
export function usePlayer(
  video: HTMLVideoElement | null,
  streamId: StreamId,
  keeper: FootageKeeper,
  turnsBack = false,
): Player | undefined {
  const [player, setPlayer] = useState<Player>();
  useEffect(() => {
    if (video === null) return undefined;
    const made = new Player(video, {
      open: (atMs) => station.playback.open({ streamId, atMs }),
      footage: () => keeper.store.getState().footage,
      loop: turnsBack ? loop.range : () => undefined,
    });
    setPlayer(made);
    return () => {
      made.dispose();
      setPlayer(undefined);
    };
  }, [video, streamId, keeper, turnsBack]);
  return player;
}

export function usePlayerState<Value>(player: Playable, pick: (state: PlayerState) => Value): Value {
  return useStore(player.store, pick);
}

/** Wall time of the frame on screen, with every frame; undefined while there is none. */
export function useShownMs(player: Playable): number | undefined {
  const [subscribe] = useState(() => (changed: () => void) => player.onFrame(changed));
  return useSyncExternalStore(subscribe, () => player.shown()?.wallMs);
}
