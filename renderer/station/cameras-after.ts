// What an event makes of the list of cameras. Pure.
import type { StationEvent } from '../../electron/contract/events.ts';
import type { Camera } from '../../electron/contract/shapes.ts';

/** The list of cameras after an event; the same array when the event changes none. */
export function camerasAfter(cameras: readonly Camera[], event: StationEvent): readonly Camera[] {
  switch (event.kind) {
    case 'camera': {
      const known = cameras.some((camera) => camera.id === event.camera.id);
      return known
        ? cameras.map((camera) => (camera.id === event.camera.id ? event.camera : camera))
        : [...cameras, event.camera];
    }
    case 'camera-removed': {
      const left = cameras.filter((camera) => camera.id !== event.cameraId);
      return left.length === cameras.length ? cameras : left;
    }
    case 'stream-state':
      return cameras.some(({ streamId }) => streamId === event.streamId)
        ? cameras.map((camera) =>
            camera.streamId === event.streamId ? { ...camera, state: event.state } : camera,
          )
        : cameras;
    default:
      return cameras;
  }
}
