// Switching between modes loses nothing, motion brings its pre-roll, and every moment keeps its reason over a restart.

import { describe, expect, it } from 'vitest';
import { continuously, notAtAll, type RecordingMode } from '../../recorder/model/modes.ts';
import { type MadeRecording, makeRecording, type Row } from './made-recording.ts';

const startMs = Date.UTC(2026, 5, 1, 12);
/** A keyframe every two seconds, a fragment every second. */
const gopMs = 2_000;
const onMotion: RecordingMode = { ...continuously, kind: 'motion', preRollMs: 5_000, postRollMs: 5_000 };
const at = (seconds: number) => startMs + seconds * 1_000;

const begin = (mode: RecordingMode) => makeRecording({ zone: 'UTC', startMs, mode, gopMs });

/** `from–to what` in seconds since the start. */
function told(rows: readonly Row[]): string[] {
  const seconds = (ms: number) => (ms > 8e15 ? '' : (ms - startMs) / 1_000);
  return rows.map((row) => `${seconds(row.startMs)}–${seconds(row.endMs)} ${row.reason ?? 'footage'}`);
}

async function storyOf(world: MadeRecording): Promise<string[]> {
  await world.stop();
  expect(world.problems).toEqual([]);
  return told(world.story());
}

describe('recording on motion', () => {
  it('keeps what was before and after, in whole GOPs', async () => {
    await using world = await begin(onMotion);
    world.appear();
    await world.until(at(20));
    expect(world.recording).toMatchObject({ keeps: false, idle: 'no-motion' });
    world.motion();
    expect(world.recording).toMatchObject({ keeps: true, idle: undefined });
    await world.until(at(40));
    expect(world.recording).toMatchObject({ keeps: false, idle: 'no-motion' });
    // The keyframe of 18 s is the newest that is there at 20 s: 5 s before it and after it.
    expect(await storyOf(world)).toEqual([
      '0–12 no-motion',
      '12–24 footage',
      expect.stringMatching(/^24–40.* no-motion$/),
      expect.stringMatching(/program-stopped$/),
    ]);
  });

  it('goes on while something moves, and has no hole when it moves again at once', async () => {
    await using world = await begin(onMotion);
    world.appear();
    await world.until(at(10));
    world.motion();
    await world.until(at(14));
    world.motion();
    // The keyframe of 18 s ended it; the one of 18 s moves after all.
    await world.until(at(18.2));
    world.motion();
    await world.until(at(40));
    expect(await storyOf(world)).toEqual([
      '0–2 no-motion',
      '2–22 footage',
      expect.stringMatching(/^22–40.* no-motion$/),
      expect.stringMatching(/program-stopped$/),
    ]);
  });

  it('has as much pre-roll as there is, and none of a session before', async () => {
    await using world = await begin(onMotion);
    world.appear();
    await world.until(at(10));
    world.vanish('unreachable');
    await world.until(at(15));
    world.appear();
    await world.until(at(18));
    world.motion();
    await world.until(at(19));
    expect(await storyOf(world)).toEqual([
      '0–10 no-motion',
      '10–15 unreachable',
      '15–18 footage',
      expect.stringMatching(/^18–.* program-stopped$/),
    ]);
  });
});

describe('recording on motion while nobody can tell what moves', () => {
  it('keeps everything, from the GOP under way to the keyframe at which it can be told again', async () => {
    await using world = await begin(onMotion);
    world.appear();
    await world.until(at(11.5));
    world.recording.setSight(false);
    expect(world.recording).toMatchObject({ keeps: true, idle: undefined });
    await world.until(at(31.5));
    world.recording.setSight(true);
    await world.until(at(40));
    expect(await storyOf(world)).toEqual([
      '0–10 no-motion',
      '10–32 footage',
      expect.stringMatching(/^32–40.* no-motion$/),
      expect.stringMatching(/program-stopped$/),
    ]);
  });

  it('keeps a session from its first picture on, and nothing of hours that are off', async () => {
    await using world = await begin(onMotion);
    world.recording.setSight(false);
    await world.until(at(4));
    world.appear();
    await world.until(at(10));
    world.recording.setMode(notAtAll);
    await world.until(at(20));
    expect(await storyOf(world)).toEqual(['0–4 starting', '4–9 footage', '9– recording-off']);
  });
});

describe('switching', () => {
  it('from motion to all begins with the GOP under way; back again it ends with one', async () => {
    await using world = await begin(onMotion);
    world.appear();
    await world.until(at(11.5));
    world.recording.setMode(continuously);
    await world.until(at(21.5));
    world.recording.setMode(onMotion);
    await world.until(at(30));
    expect(await storyOf(world)).toEqual([
      '0–10 no-motion',
      '10–22 footage',
      expect.stringMatching(/^22–30.* no-motion$/),
      expect.stringMatching(/program-stopped$/),
    ]);
  });

  it('back before the GOP ends changes nothing', async () => {
    await using world = await begin(continuously);
    world.appear();
    await world.until(at(10.5));
    world.recording.setMode(onMotion);
    await world.until(at(11.5));
    world.recording.setMode(continuously);
    await world.until(at(20));
    expect(await storyOf(world)).toEqual(['0–19 footage', expect.stringMatching(/program-stopped$/)]);
  });

  it('off is off at once, and on begins with the GOP under way', async () => {
    await using world = await begin(continuously);
    world.appear();
    await world.until(at(11.5));
    world.recording.setMode(notAtAll);
    expect(world.recording).toMatchObject({ keeps: false, idle: 'recording-off' });
    await world.until(at(17.5));
    world.recording.setMode(continuously);
    expect(world.recording.keeps).toBe(true);
    await world.until(at(20));
    expect(await storyOf(world)).toEqual([
      '0–11 footage',
      '11–16 recording-off',
      '16–19 footage',
      expect.stringMatching(/program-stopped$/),
    ]);
  });

  it('through all modes while the camera is away says in each why there is nothing', async () => {
    await using world = await begin(continuously);
    await world.until(at(10));
    world.vanish('timed-out');
    await world.until(at(20));
    world.recording.setMode(notAtAll);
    await world.until(at(30));
    world.recording.setMode(onMotion);
    await world.until(at(40));
    expect(await storyOf(world)).toEqual([
      '0–20 timed-out',
      '20–30 recording-off',
      '30–40 timed-out',
      '40– program-stopped',
    ]);
  });

  it('a disk that refuses when the camera is back does not rename why there was nothing before', async () => {
    await using world = await begin(continuously);
    await world.until(at(10));
    world.vanish('timed-out');
    await world.until(at(20));
    world.setDisk(true);
    world.appear();
    await world.until(at(30));
    world.setDisk(false);
    await world.until(at(40));
    await world.stop();
    expect(world.problems).toMatchObject([{ reason: 'disk-full' }]);
    expect(told(world.story())).toEqual([
      '0–20 timed-out',
      expect.stringMatching(/^20–\d+ disk-full$/),
      expect.stringMatching(/footage$/),
      expect.stringMatching(/program-stopped$/),
    ]);
  });

  it('by hand ends by itself, with and without pictures', async () => {
    await using world = await begin(notAtAll);
    world.appear();
    await world.until(at(9.5));
    world.recording.setMode({ ...notAtAll, manualUntilMs: at(20.5) });
    await world.until(at(30));
    world.vanish('refused');
    await world.until(at(40));
    world.recording.setMode({ ...notAtAll, manualUntilMs: at(50) });
    await world.until(at(60));
    // Off as it is, stopping the program changes nothing.
    expect(await storyOf(world)).toEqual([
      '0–8 recording-off',
      '8–22 footage',
      '22–40 recording-off',
      '40–50 refused',
      '50– recording-off',
    ]);
  });
});

describe('a program that begins again', () => {
  it('after a kill tells how far its reason held', async () => {
    await using world = await begin(onMotion);
    world.appear();
    await world.until(at(100));
    // Nothing is said any more; what is open in the catalog stays open.
    world.startAgain(onMotion, at(90));
    await world.until(at(105));
    world.appear();
    await world.until(at(110));
    expect(await storyOf(world)).toEqual([
      '0–90 no-motion',
      '90–100 program-killed',
      '100–105 starting',
      expect.stringMatching(/^105–110.* no-motion$/),
      expect.stringMatching(/program-stopped$/),
    ]);
  });

  it('after a stop tells that it was stopped', async () => {
    await using world = await begin(onMotion);
    world.appear();
    await world.until(at(10));
    await world.stop();
    await world.until(at(50));
    world.startAgain(onMotion, at(9));
    await world.until(at(55));
    expect(await storyOf(world)).toEqual([
      '0–10 no-motion',
      expect.stringMatching(/^10–50.* program-stopped$/),
      expect.stringMatching(/^50.*–55.* starting$/),
      expect.stringMatching(/program-stopped$/),
    ]);
  });
});

describe('a clock that is behind the footage', () => {
  it.each(['stop', 'off', 'schedule'] as const)(
    'has no gap begin before the footage ends: %s',
    async (how) => {
      await using world = await begin(continuously);
      world.appear();
      await world.until(at(20));
      world.vanish('recorder-ended');
      world.clock.wallOffsetMs -= 5_000;
      if (how === 'off') world.recording.setMode({ ...continuously, kind: 'off' });
      if (how === 'schedule') {
        const week = Array.from({ length: 7 }, () => '-'.repeat(24));
        world.recording.setMode({ ...continuously, kind: 'schedule', week });
      }
      await world.stop();
      const rows = world.rows();
      const overlaps = rows.slice(1).filter(({ startMs }, index) => startMs < (rows[index]?.endMs ?? 0));
      expect(overlaps).toEqual([]);
      expect(rows.filter(({ reason }) => reason === undefined).length).toBeGreaterThan(0);
    },
  );
});
