// The calls about cameras.

import { calls } from '../calls.ts';
import type { CameraService } from './service.ts';

export const cameraCalls = (cameras: CameraService) => ({
  list: calls.cameras.list.handler(() => cameras.list()),
  test: calls.cameras.test.handler(({ input, signal = new AbortController().signal }) =>
    cameras.test(input, signal),
  ),
  add: calls.cameras.add.handler(({ input }) => cameras.add(input)),
  setSource: calls.cameras.setSource.handler(({ input: { cameraId, ...source } }) =>
    cameras.setSource(cameraId, source),
  ),
  setSub: calls.cameras.setSub.handler(({ input }) => cameras.setSub(input.cameraId, input.url)),
  testSub: calls.cameras.testSub.handler(({ input, signal = new AbortController().signal }) =>
    cameras.testSub(input.cameraId, input.url, signal),
  ),
  addTestPattern: calls.cameras.addTestPattern.handler(({ input }) => cameras.addTestPattern(input.name)),
  rename: calls.cameras.rename.handler(({ input }) => cameras.rename(input.cameraId, input.name)),
  setRetention: calls.cameras.setRetention.handler(({ input: { cameraId, ...retention } }) =>
    cameras.setRetention(cameraId, retention),
  ),
  remove: calls.cameras.remove.handler(({ input }) => cameras.remove(input.cameraId)),
  setRecording: calls.cameras.setRecording.handler(({ input }) =>
    cameras.setRecording(input.cameraId, input.recording),
  ),
  setMode: calls.cameras.setMode.handler(({ input: { cameraId, ...mode } }) =>
    cameras.setMode(cameraId, mode),
  ),
  recordByHand: calls.cameras.recordByHand.handler(({ input }) =>
    cameras.recordByHand(input.cameraId, input.forMs),
  ),
  setSaver: calls.cameras.setSaver.handler(({ input }) => cameras.setSaver(input.cameraId, input.saver)),
});
