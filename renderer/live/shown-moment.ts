// The moments that tiles show, and the one from which several of them go back together.
import { feedIn } from './diagnostics.ts';
import { replayIn } from './replay-players.ts';
import type { TileFeed } from './tile-feed.ts';
import type { TileFacts, TileStatus } from './tile-status.ts';

/** Wall time of the picture in a tile, live or of the past; of now while there is none. */
export function shownMsIn(slot: number): number {
  const past = replayIn(slot)?.shown()?.wallMs;
  if (past !== undefined) return Math.round(past);
  const state = feedIn(slot)?.player.state;
  return state?.kind === 'showing' ? Math.round(state.frameMs) : Date.now();
}

export interface LivePicture {
  readonly status: Pick<TileStatus, 'kind'>;
  readonly playback: TileFacts['playback'] | undefined;
}

export function livePictureOf(feed: TileFeed | undefined): LivePicture {
  return { status: feed?.status ?? { kind: 'connecting' }, playback: feed?.player.state };
}

/** Of the newest picture that is live; `nowMs` while none is. A lost camera's last one stands for no moment of the others. */
export function newestLiveMs(pictures: readonly LivePicture[], nowMs: number): number {
  const shown = pictures.flatMap(({ status, playback }) =>
    status.kind === 'live' && playback?.kind === 'showing' ? [Math.round(playback.frameMs)] : [],
  );
  return shown.length === 0 ? nowMs : Math.max(...shown);
}
