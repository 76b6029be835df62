// What the hub hands to a viewer, as a message on the window's wire.

import type { LiveItem } from '../../recorder/live/hub.ts';
import type { LiveMessage } from '../contract/live-wire.ts';

export function toLiveMessage(channel: number, item: LiveItem): LiveMessage {
  switch (item.kind) {
    case 'state':
      return { kind: 'state', channel, state: item.state };
    case 'init': {
      const { video, audio } = item.layout;
      const init = {
        videoCodec: video.codec,
        width: video.width,
        height: video.height,
        ...(audio === undefined ? {} : { audioCodec: audio.codec }),
      };
      return { kind: 'init', channel, init, bytes: item.bytes };
    }
    case 'fragment':
      return { ...item, channel };
  }
}
