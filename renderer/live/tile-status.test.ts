// No combination of facts lets an old frame pass for live.
import { describe, expect, it } from 'vitest';
import type { StreamState } from '../../recorder/model/states.ts';
import { type TileFacts, tileStatus } from './tile-status.ts';

const running: StreamState = { kind: 'running', sinceMs: 1, recording: true };
const fresh: TileFacts = {
  state: running,
  silentSinceMs: undefined,
  playback: { kind: 'showing', shownAtMs: 9_500, frameMs: 1_700_000_000_000 },
  nowMs: 10_000,
};

describe('tileStatus', () => {
  it('is live only with a running stream, a heard station and a frame of the last two seconds', () => {
    expect(tileStatus(fresh)).toEqual({ kind: 'live', recording: true });
    expect(tileStatus({ ...fresh, nowMs: 11_500 })).toEqual({ kind: 'live', recording: true });
    expect(tileStatus({ ...fresh, nowMs: 11_501 })).toEqual({ kind: 'frozen', sinceMs: 1_700_000_000_000 });
  });

  it('says that the station is silent before anything else', () => {
    expect(tileStatus({ ...fresh, silentSinceMs: 5 })).toEqual({ kind: 'disconnected', sinceMs: 5 });
  });

  it('covers a fresh frame as soon as the camera is away, with reason and time', () => {
    const state: StreamState = {
      kind: 'waiting',
      sinceMs: 7,
      retryAtMs: 9,
      reason: 'stalled',
      detail: 'no bytes',
    };
    expect(tileStatus({ ...fresh, state })).toEqual({
      kind: 'no-signal',
      sinceMs: 7,
      reason: 'stalled',
      detail: 'no bytes',
    });
    expect(tileStatus({ ...fresh, state: { kind: 'connecting', sinceMs: 7 } })).toEqual({
      kind: 'connecting',
    });
    expect(tileStatus({ ...fresh, state: { kind: 'off' } })).toEqual({ kind: 'off' });
  });

  it('is connecting until the first frame is on the glass', () => {
    expect(tileStatus({ ...fresh, playback: { kind: 'opening' } })).toEqual({ kind: 'connecting' });
    expect(tileStatus({ ...fresh, playback: { kind: 'idle' } })).toEqual({ kind: 'connecting' });
    expect(tileStatus({ ...fresh, state: undefined })).toEqual({ kind: 'connecting' });
  });

  it('says that recording goes on where this desk cannot decode', () => {
    const playback = { kind: 'undecodable', codec: 'hvc1.1.6.L93.B0' } as const;
    expect(tileStatus({ ...fresh, playback })).toEqual({ ...playback, recording: true });
    expect(tileStatus({ ...fresh, playback: { kind: 'broken' } })).toEqual({
      kind: 'broken',
      recording: true,
    });
  });
});
