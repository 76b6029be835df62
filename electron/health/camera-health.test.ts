// How cameras do, as the contract says it.

import { expect, it } from 'vitest';
import * as z from 'zod';
import { newId, type StreamId } from '../../recorder/model/ids.ts';
import type { CameraRow } from '../catalog/cameras.ts';
import { CameraHealth } from '../contract/health.ts';
import { CameraHealthService } from './camera-health.ts';

function camera(streamId: StreamId): CameraRow {
  const stream = { id: streamId, role: 'main', source: 'test-pattern', transport: 'tcp' } as const;
  return { id: newId(), name: 'Gate', recording: true, createdMs: 1, retention: {}, stream };
}

it('says of every camera what comes from it and what went wrong', () => {
  const [runs, away, none] = [newId<StreamId>(), newId<StreamId>(), newId<StreamId>()];
  const encoder = {
    kind: 'vaapi',
    codec: 'h264',
    name: 'h264_vaapi',
    device: '/dev/dri/renderD128',
  } as const;
  const last = { reason: 'stalled', detail: 'no picture for 8 s', atMs: 5 } as const;
  const known = new Map([
    [runs, { fps: 15, kilobits: 700, keyframeIntervalMs: 2_000, encoder, interruptions: 2, last }],
    [away, { interruptions: 0, encoder: undefined, last: undefined }],
  ]);
  const service = new CameraHealthService({
    cameras: () => [runs, away, none].map(camera),
    recorders: { health: (streamId) => known.get(streamId) },
  });
  const said = service.list();
  expect(z.array(CameraHealth).parse(said)).toEqual(said);
  expect(said[0]).toMatchObject({ streamId: runs, fps: 15, encoder, interruptions: 2, last });
  expect(said.slice(1).map(({ fps, interruptions }) => [fps, interruptions])).toEqual([
    [undefined, 0],
    [undefined, 0],
  ]);
});
