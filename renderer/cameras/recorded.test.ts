// Which cameras are recorded, which are not though they should be, and which rest as they are meant to.
import { expect, it } from 'vitest';
import type { Camera } from '../../electron/contract/shapes.ts';
import { recordedOf } from './recorded.ts';

const running = { kind: 'running', recording: false } as Camera['state'];

it.each([
  ['recorded', { recording: true, state: { ...running, recording: true } }],
  ['missing', { recording: true, state: running }],
  ['missing', { recording: true, state: { kind: 'connecting' } }],
  ['resting', { recording: true, state: { ...running, idle: 'motion' } }],
  ['resting', { recording: false, state: running }],
  ['resting', { recording: false, state: { kind: 'off' } }],
])('is %s: %j', (expected, camera) => {
  expect(recordedOf(camera as Camera)).toBe(expected);
});
