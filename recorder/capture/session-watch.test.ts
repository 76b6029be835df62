// The patience of a session, step by step, on a made-up clock.

import { describe, expect, it } from 'vitest';
import type { Failure } from '../ffmpeg/classify.ts';
import { MadeClock } from './made-clock.ts';
import { SessionWatch } from './session-watch.ts';

const picture = { videoFrames: 3, startsWithKeyframe: false };
const keyframe = { videoFrames: 3, startsWithKeyframe: true };
const sound = { videoFrames: 0, startsWithKeyframe: false };

function watched(keyframeIntervalMs?: number) {
  const clock = new MadeClock();
  const failures: Failure[] = [];
  let silent = 0;
  const watch = new SessionWatch(clock, keyframeIntervalMs, {
    onSilentSound: () => {
      silent += 1;
      watch.stop();
    },
    onFailure: (found) => {
      failures.push(found);
      watch.stop();
    },
  });
  let mediaMs = 0;
  return {
    clock,
    watch,
    failures,
    silent: () => silent,
    running() {
      watch.opened(false);
      watch.initCame();
      watch.fragmentCame(keyframe, 0);
    },
    /** Pictures every 100 ms, a keyframe every so often. */
    async show(forMs: number, gopMs: number) {
      for (const untilMs = mediaMs + forMs; mediaMs < untilMs; ) {
        await clock.pass(100);
        mediaMs += 100;
        watch.fragmentCame(mediaMs % gopMs === 0 ? keyframe : picture, mediaMs);
      }
    },
  };
}

describe('SessionWatch', () => {
  it('gives a camera 20 s to open', async () => {
    const { clock, failures } = watched();
    await clock.pass(19_000);
    expect(failures).toEqual([]);
    await clock.pass(1_000);
    expect(failures.map(({ reason }) => reason)).toEqual(['timed-out']);
  });

  it('waits 4 s for announced sound that holds up the header', async () => {
    const { clock, watch, silent } = watched();
    watch.opened(true);
    await clock.pass(3_900);
    expect(silent()).toBe(0);
    await clock.pass(200);
    expect(silent()).toBe(1);
  });

  it('waits 45 s for the first keyframe', async () => {
    const { clock, watch, failures } = watched();
    watch.opened(false);
    watch.initCame();
    await clock.pass(44_000);
    expect(failures).toEqual([]);
    await clock.pass(1_000);
    expect(failures.map(({ reason }) => reason)).toEqual(['no-video']);
  });

  it('sees a stall within 10 s, also when sound goes on', async () => {
    const { clock, watch, failures, running } = watched();
    running();
    for (let n = 0; n < 70; n++) {
      await clock.pass(100);
      watch.fragmentCame(sound, n);
    }
    expect(failures).toEqual([]);
    await clock.pass(3_000);
    expect(failures.map(({ reason }) => reason)).toEqual(['stalled']);
  });

  it('sees within 10 s that keyframes of a usual camera stopped', async () => {
    const { failures, running, show } = watched();
    running();
    await show(10_000, 2_000);
    await show(8_900, 1_000_000);
    expect(failures).toEqual([]);
    await show(1_100, 1_000_000);
    expect(failures.map(({ detail }) => detail)).toEqual([
      'The camera stopped sending pictures. (no keyframe for 9 s)',
    ]);
  });

  it('lets a camera have a keyframe every 30 s, and learns it', async () => {
    const { failures, running, show, watch } = watched();
    running();
    await show(100_000, 30_000);
    expect(failures).toEqual([]);
    expect(watch.keyframeIntervalMs).toBe(30_000);
  });

  it('knows the interval from earlier sessions', async () => {
    const { failures, running, show } = watched(30_000);
    running();
    await show(80_000, 1_000_000);
    expect(failures).toEqual([]);
    await show(11_000, 1_000_000);
    expect(failures).toHaveLength(1);
  });

  it('does not blame the camera when the computer slept', async () => {
    const { clock, failures, running, watch } = watched();
    running();
    clock.sleep(3_600_000);
    await clock.pass(1_000);
    watch.fragmentCame(picture, 5_000);
    await clock.pass(5_000);
    expect(failures).toEqual([]);
  });
});
