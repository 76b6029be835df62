// The cached list follows the events: added, changed, removed, and untouched by what is not about cameras.
import { describe, expect, it } from 'vitest';
import type { Camera } from '../../electron/contract/shapes.ts';
import { newId } from '../../recorder/model/ids.ts';
import { camerasAfter } from './cameras-after.ts';

const camera = (name: string): Camera => ({
  id: newId(),
  name,
  recording: true,
  mode: { kind: 'continuous', week: [], preRollMs: 0, postRollMs: 0 },
  createdMs: 1,
  retention: {},
  streamId: newId(),
  source: { kind: 'test-pattern' },
  state: { kind: 'off' },
});
const [gate, yard] = [camera('Gate'), camera('Yard')];

describe('camerasAfter', () => {
  it('adds a new camera at the end and puts a changed one in its place', () => {
    expect(camerasAfter([gate], { kind: 'camera', camera: yard })).toEqual([gate, yard]);
    const renamed = { ...gate, name: 'Main gate' };
    expect(camerasAfter([gate, yard], { kind: 'camera', camera: renamed })).toEqual([renamed, yard]);
  });

  it('takes a removed camera out', () => {
    expect(camerasAfter([gate, yard], { kind: 'camera-removed', cameraId: gate.id })).toEqual([yard]);
  });

  it('sets the state of the one stream it is about', () => {
    const state = { kind: 'connecting', sinceMs: 5 } as const;
    expect(camerasAfter([gate, yard], { kind: 'stream-state', streamId: yard.streamId, state })).toEqual([
      gate,
      { ...yard, state },
    ]);
  });

  it('leaves the list as it is for anything else', () => {
    const list = [gate];
    expect(camerasAfter(list, { kind: 'footage', streamId: gate.streamId, newestMs: 9 })).toBe(list);
  });
});
