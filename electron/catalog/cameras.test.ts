// Rows of cameras: names, sign-ins, removal.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CameraId, newId, type StreamId } from '../../recorder/model/ids.ts';
import { type CameraRow, CameraRows } from './cameras.ts';
import { type MadeCatalog, madeCatalog } from './made-catalog.ts';

let made: MadeCatalog;
let cameras: CameraRows;
beforeEach(() => {
  made = madeCatalog();
  cameras = new CameraRows(made.catalog);
});
afterEach(() => made.remove());

const limit = 10;
const camera = (name: string, sealed?: Uint8Array): CameraRow => ({
  id: newId<CameraId>(),
  name,
  recording: true,
  createdMs: 2,
  retention: {},
  stream: {
    id: newId<StreamId>(),
    role: 'main',
    source: 'rtsp',
    url: 'rtsp://yard/',
    transport: 'udp',
    sealed,
  },
});

describe('adding', () => {
  it('gives back what was added, with the sealed sign-in', () => {
    const yard = camera('Yard', Uint8Array.of(1, 2, 3));
    expect(cameras.add(yard, limit)).toBe('added');
    const stored = cameras.get(yard.id);
    expect(stored).toEqual({ ...yard, stream: { ...yard.stream, sealed: Buffer.of(1, 2, 3) } });
    expect(cameras.list().map(({ name }) => name)).toEqual(['Gate', 'Yard']);
  });

  it('keeps a test pattern without an address', () => {
    const pattern = camera('Pattern');
    const stream = { ...pattern.stream, source: 'test-pattern', url: undefined } as const;
    expect(cameras.add({ ...pattern, stream }, limit)).toBe('added');
    expect(cameras.get(pattern.id)?.stream.url).toBeUndefined();
  });

  it('refuses a name that another camera has, and adds nothing', () => {
    expect(cameras.add(camera('gATE'), limit)).toBe('name-taken');
    expect(cameras.list()).toHaveLength(1);
  });

  it('refuses one camera more than the limit', () => {
    expect(cameras.add(camera('Yard'), 1)).toBe('too-many');
  });

  it('keeps a name of hostile characters as it is', () => {
    const name = `'); DROP TABLE cameras; -- %_"`;
    const hostile = camera(name);
    expect(cameras.add(hostile, limit)).toBe('added');
    expect(cameras.get(hostile.id)?.name).toBe(name);
  });
});

describe('changing', () => {
  it('renames, also to the same name in other letters', () => {
    expect(cameras.rename(made.cameraId, 'GATE')).toBe('renamed');
    expect(cameras.get(made.cameraId)?.name).toBe('GATE');
  });

  it('refuses to rename to a taken name, or a camera that is not there', () => {
    cameras.add(camera('Yard'), limit);
    expect(cameras.rename(made.cameraId, 'yard')).toBe('name-taken');
    expect(cameras.rename(newId<CameraId>(), 'Door')).toBe('not-found');
  });

  it('switches recording', () => {
    expect(cameras.setRecording(made.cameraId, false)).toBe(true);
    expect(cameras.get(made.cameraId)?.recording).toBe(false);
    expect(cameras.setRecording(newId<CameraId>(), false)).toBe(false);
  });
});

describe('removing', () => {
  it('erases the sign-in, hides the camera, keeps the place of its footage and frees its name', () => {
    const yard = camera('Yard', Uint8Array.of(9));
    cameras.add(yard, limit);
    expect(cameras.remove(yard.id, 5)).toBe(true);
    expect(cameras.get(yard.id)).toBeUndefined();
    expect(made.catalog.database.prepare('SELECT count(*) FROM credentials').pluck().get()).toBe(0);
    expect(cameras.streamPlaces().map(({ streamId }) => streamId)).toContain(yard.stream.id);
    expect(cameras.add(camera('Yard'), limit)).toBe('added');
  });

  it('happens once', () => {
    expect(cameras.remove(made.cameraId, 5)).toBe(true);
    expect(cameras.remove(made.cameraId, 6)).toBe(false);
    expect(cameras.rename(made.cameraId, 'Door')).toBe('not-found');
    expect(cameras.setRecording(made.cameraId, true)).toBe(false);
  });
});
