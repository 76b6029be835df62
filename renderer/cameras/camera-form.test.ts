// What leaves the form, and what it says before anything leaves it.
import { describe, expect, it } from 'vitest';
import { CameraFormShape, emptyCameraForm, formField, sourceOf, subOf } from './camera-form.ts';

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
