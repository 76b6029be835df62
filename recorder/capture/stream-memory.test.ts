// What is noted of a stream outlives the program that noted it, but for its FFmpeg.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId, type StreamId } from '../model/ids.ts';
import { readRecorderFile, recorderFile } from './recorder-file.ts';
import { StreamMemory } from './stream-memory.ts';

const streamId = newId<StreamId>();
const mark = { pid: 4_711, started: '17', args: ['-i', 'x'] };
let folder: string;
let complaints: string[];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lookout-memory-'));
  complaints = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ignore = () => undefined;
const memory = () =>
  new StreamMemory(folder, streamId, {
    info: ignore,
    warn: (_, words) => complaints.push(words),
    error: ignore,
  });
const noted = () => readRecorderFile(recorderFile(folder, streamId));

it('is known to the next program, which runs an FFmpeg of its own', () => {
  const plan = { video: 'copy', audio: 'copy' } as const;
  const first = memory();
  first.note({ plan });
  first.note({ process: mark, lostMs: 5 });
  expect(noted()).toMatchObject({ plan, lostMs: 5, process: mark });
  expect(memory().known).toMatchObject({ plan, lostMs: 5, process: undefined });
});

it('a plan without sound is tried again by the next program: a late start may have cost it', () => {
  memory().note({ plan: { video: 'copy', audio: 'none' }, lostMs: 5 });
  expect(memory().known).toMatchObject({ plan: undefined, lostMs: 5 });
});

it('forgets all of a camera whose place another takes, but not the process that still runs', () => {
  const one = memory();
  one.note({ plan: { video: 'encode', audio: 'none' }, keyframeIntervalMs: 2_000, lostMs: 5, process: mark });
  one.forget();
  expect(one.known).toEqual({ process: mark });
  one.remove();
  expect(noted()).toEqual({});
});

it('goes on where nothing can be noted, and says so', () => {
  mkdirSync(`${recorderFile(folder, streamId)}.new`);
  const one = memory();
  one.note({ lostMs: 5 });
  expect(one.known.lostMs).toBe(5);
  expect(complaints).toHaveLength(1);
});
