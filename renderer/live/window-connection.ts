// This window's live connection as it is in production: `GET /live/<windowId>` on the station's own origin.
import { systemClocks } from '../../recorder/model/clock.ts';
import { station, windowId } from '../station/client.ts';
import { LiveConnection } from './live-connection.ts';

export const liveConnection = new LiveConnection({
  open: async (signal) => {
    const response = await fetch(`/live/${windowId}`, { signal, cache: 'no-store' });
    if (!response.ok || response.body === null) throw new Error(`live connection: ${response.status}`);
    return response.body;
  },
  watch: (tiles, signal) => station.live.watch({ windowId, tiles: [...tiles] }, { signal }),
  timers: systemClocks.timers,
  nowMs: () => systemClocks.wall.nowMs(),
});
