// What leaves the form, and what it says before anything leaves it.
import { describe, expect, it } from 'vitest';
import type { Camera } from '../../electron/contract/shapes.ts';
import { newId } from '../../recorder/model/ids.ts';
import {
  CameraFormShape,
  cameraFormOf,
  emptyCameraForm,
  formField,
  isSameHost,
  sourceOf,
  subOf,
} from './camera-form.ts';

describe('sourceOf', () => {
  it('sends no empty sign-in', () => {
    expect(sourceOf({ ...emptyCameraForm, url: ' rtsp://gate/1 ', name: 'Gate' })).toEqual({
      url: 'rtsp://gate/1',
      transport: 'tcp',
    });
    expect(
      sourceOf({ ...emptyCameraForm, url: 'rtsp://gate/1', username: 'desk', password: ' a b ' }),
    ).toEqual({
      url: 'rtsp://gate/1',
      transport: 'tcp',
      username: 'desk',
      // A space is part of a password.
      password: ' a b ',
    });
  });
});

describe('cameraFormOf', () => {
  const camera = (source: Camera['source']): Camera => ({
    ...{ id: newId(), streamId: newId(), name: 'Gate', recording: true, createdMs: 1, retention: {}, source },
    mode: { kind: 'continuous', week: [], preRollMs: 0, postRollMs: 0 },
    state: { kind: 'off' },
  });

  it('shows where the pictures come from, and no sign-in', () => {
    const rtsp = { kind: 'rtsp', url: 'rtsp://gate/1', transport: 'udp', signsIn: true } as const;
    const shown = { url: 'rtsp://gate/1', transport: 'udp', name: 'Gate', username: '', password: '' };
    expect(cameraFormOf(camera(rtsp))).toMatchObject(shown);
    expect(cameraFormOf(camera({ kind: 'http', url: 'http://gate/', signsIn: false }))).toMatchObject({
      url: 'http://gate/',
      transport: 'tcp',
    });
    expect(CameraFormShape.safeParse(cameraFormOf(camera(rtsp))).success).toBe(true);
  });
});

describe('isSameHost', () => {
  it.each([
    ['rtsp://gate/1', ' rtsp://gate:8554/2', true],
    ['rtsp://10.0.0.1/1', 'https://user:word@10.0.0.1/video', true],
    ['rtsp://gate/1', 'rtsp://gate2/1', false],
    ['rtsp://gate/1', 'rtsp://', false],
    ['', '', false],
  ])('%s and %s: %s', (one, other, same) => {
    expect(isSameHost(one, other)).toBe(same);
  });
});

describe('subOf', () => {
  it('sends no empty address', () => {
    expect(subOf({ subUrl: '  ' })).toEqual({});
    expect(subOf({ subUrl: ' rtsp://gate/2 ' })).toEqual({ subUrl: 'rtsp://gate/2' });
  });
});

describe('CameraFormShape', () => {
  it('asks for address and name', () => {
    const problems = CameraFormShape.safeParse(emptyCameraForm).error?.issues.map((issue) =>
      issue.path.join('.'),
    );
    expect(problems).toEqual(['url', 'name']);
  });
});

describe('formField', () => {
  it('finds the field a refusal is about', () => {
    expect(formField('url')).toBe('url');
    expect(formField('cameraId')).toBeUndefined();
    expect(formField(undefined)).toBeUndefined();
  });
});
