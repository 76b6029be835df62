// Cameras: what is stored, what is told, what each recorder is asked; and that no password comes back.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StreamSource } from '../../recorder/ffmpeg/source.ts';
import { newId, type StreamId } from '../../recorder/model/ids.ts';
import { continuously, fullWeek } from '../../recorder/model/modes.ts';
import { CameraRows } from '../catalog/cameras.ts';
import { Camera } from '../contract/shapes.ts';
import { MadeCameras, newCamera } from './made-cameras.ts';
import { type CameraParts, cameraLimit, testsLimit } from './service.ts';

const secret = 'S3cr3t!Cam';

let at: MadeCameras;
beforeEach(() => {
  at = new MadeCameras();
});
afterEach(() => at.remove());

describe('a camera that is added', () => {
  it('is stored, recorded and told of', () => {
    const service = at.open();
    const camera = service.add(newCamera('rtsp://cam/1'));
    expect(Camera.parse(camera)).toEqual(camera);
    expect(camera).toMatchObject({
      name: 'Yard',
      recording: true,
      source: { url: 'rtsp://cam/1', signsIn: false },
    });
    expect(service.list().map(({ name }) => name)).toEqual(['Gate', 'Yard']);
    expect(at.asked).toEqual(['rtsp recorded']);
    expect(at.told).toEqual([{ kind: 'camera', camera }]);
  });

  it('keeps its sign-in to the recorder, sealed everywhere else, also after a restart', () => {
    const camera = at.open().add(newCamera(`rtsp://admin:${secret}@cam/1`));
    at.open().start();
    const streamId = camera.streamId;
    expect(at.sources.get(streamId)).toEqual({
      kind: 'rtsp',
      url: 'rtsp://cam/1',
      transport: 'tcp',
      signIn: { username: 'admin', password: secret },
    });
    expect(camera.source).toMatchObject({ url: 'rtsp://cam/1', signsIn: true });
    expect(JSON.stringify([camera, at.told]) + at.logged).not.toContain(secret);
    for (const name of readdirSync(at.made.folder)) {
      expect(readFileSync(path.join(at.made.folder, name)).includes(secret)).toBe(false);
    }
  });

  it('is opened at the whole address when that carries the password in its path', () => {
    const url = `rtsp://cam/user=admin&password=${secret}&channel=1`;
    const camera = at.open().add(newCamera(url));
    expect(at.sources.get(camera.streamId)).toEqual({ kind: 'rtsp', url, transport: 'tcp' });
    expect(camera.source).toMatchObject({
      url: 'rtsp://cam/user=admin&password=***&channel=1',
      signsIn: true,
    });
  });

  it('is refused with the field that is wrong', () => {
    const service = at.open();
    const refusal = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        return error;
      }
      return 'accepted';
    };
    const field = (name: string) => ({ detail: { field: name } });
    expect(refusal(() => service.add(newCamera('file:///etc/passwd')))).toMatchObject(field('url'));
    expect(refusal(() => service.add(newCamera('rtsp://cam/', { password: 'x' })))).toMatchObject(
      field('username'),
    );
    expect(
      refusal(() => service.add(newCamera('rtsp://cam/', { username: 'u', password: 'p'.repeat(200) }))),
    ).toMatchObject(field('password'));
    for (const name of ['Gate', 'GATE', 'ｇａｔｅ', 'Ga\u200bte', '\u2060Gate\u3164']) {
      expect(refusal(() => service.add(newCamera('rtsp://cam/', { name })))).toMatchObject({
        code: 'NAME_TAKEN',
        ...field('name'),
      });
    }
    expect(at.asked).toEqual([]);
    expect(service.list()).toHaveLength(1);
  });

  it('is one too many at the limit', () => {
    const service = at.open();
    for (let at = 1; at < cameraLimit; at++) service.addTestPattern(`Pattern ${at}`);
    expect(() => service.addTestPattern('One more')).toThrow(`at most ${cameraLimit}`);
  });
});

describe('the sub stream of a camera', () => {
  const withSub = (subUrl: string) => newCamera(`rtsp://admin:${secret}@cam/1`, { subUrl });

  it('is watched and never recorded, and signs in as its camera does', () => {
    const service = at.open();
    const camera = service.add(withSub('rtsp://cam/2'));
    expect(Camera.parse(camera)).toEqual(camera);
    expect(camera.sub).toMatchObject({ source: { kind: 'rtsp', url: 'rtsp://cam/2', signsIn: true } });
    expect(at.asked).toEqual(['rtsp recorded', 'rtsp sub watched']);
    const subId = camera.sub?.streamId ?? newId<StreamId>();
    const opened = {
      ...{ kind: 'rtsp', url: 'rtsp://cam/2', transport: 'tcp' },
      signIn: { username: 'admin', password: secret },
    };
    expect(at.sources.get(subId)).toEqual(opened);
    expect([...service.streamIds()]).toContain(subId);
    at.sources.clear();
    at.open().start();
    expect(at.sources.get(subId)).toEqual(opened);
  });

  it('signs in as its camera does however its host is spelled, in a test as well', async () => {
    const service = at.open();
    const typed = newCamera(`rtsp://admin:${secret}@CAM.local/1`, { subUrl: 'rtsp://Cam.LOCAL./2' });
    const opened = {
      ...{ kind: 'rtsp', url: 'rtsp://cam.local/2', transport: 'tcp' },
      signIn: { username: 'admin', password: secret },
    };
    const { sub } = service.add(typed);
    expect(at.sources.get(sub?.streamId ?? newId())).toEqual(opened);
    let tested: StreamSource | undefined;
    at.answerTest = async (source) => {
      tested = source;
      return { ok: false, reason: 'unreachable', message: 'Nobody answers.' };
    };
    await service.test(typed, new AbortController().signal);
    expect(tested).toEqual(opened);
  });

  it('sends the sign-in of its camera to no other host', () => {
    const camera = at.open().add(withSub('rtsp://elsewhere/2'));
    expect(at.sources.get(camera.sub?.streamId ?? newId())).toEqual({
      ...{ kind: 'rtsp', url: 'rtsp://elsewhere/2', transport: 'tcp' },
    });
  });

  it('comes, changes and goes later, with its camera too', async () => {
    const service = at.open();
    const { id, streamId } = service.add(newCamera(`rtsp://admin:${secret}@cam/1`));
    const first = service.setSub(id, 'rtsp://cam/2').sub;
    expect(at.sources.get(first?.streamId ?? streamId)).toMatchObject({ signIn: { username: 'admin' } });
    const second = service.setSub(id, 'rtsp://cam/3').sub;
    expect(second?.streamId).toBe(first?.streamId);
    expect(at.sources.get(second?.streamId ?? streamId)).toMatchObject({ url: 'rtsp://cam/3' });
    expect(service.setSub(id, undefined).sub).toBeUndefined();
    expect([...service.streamIds()]).not.toContain(first?.streamId);
    expect(service.setSub(id, 'rtsp://cam/4').sub?.streamId).toBe(first?.streamId);
    at.asked = [];
    await service.remove(id);
    expect(at.asked).toEqual(['removed', 'removed']);
  });

  it.each([
    ['in its path', `rtsp://cam/user=u&password=${secret}&channel=1&stream=1.sdp`],
    ['of its own', `rtsp://op:${secret}@elsewhere/2`],
  ])('keeps the sign-in %s when it is saved and tested as it is shown', async (_where, subUrl) => {
    const service = at.open();
    const { id, sub } = service.add(newCamera('rtsp://admin:other@cam/1', { subUrl }));
    if (sub?.source.kind !== 'rtsp') throw new Error('no sub stream');
    const { streamId } = sub;
    const opened = at.sources.get(streamId);
    let tested: StreamSource | undefined;
    at.answerTest = async (source) => {
      tested = source;
      return { ok: false, reason: 'unreachable', message: 'Nobody answers.' };
    };
    await service.testSub(id, sub.source.url, new AbortController().signal);
    expect(tested).toEqual(opened);
    expect(service.setSub(id, sub.source.url).sub).toEqual(sub);
    expect(at.sources.get(streamId)).toEqual(opened);
    at.open().start();
    expect(at.sources.get(streamId)).toEqual(opened);
  });

  it('is asked for its password again when another part of the shown address changes', () => {
    const service = at.open();
    const { id } = service.add(
      newCamera('rtsp://cam/1', { subUrl: `rtsp://cam/password=${secret}&stream=1` }),
    );
    expect(() => service.setSub(id, 'rtsp://cam/password=***&stream=2')).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', detail: { field: 'url', hint: expect.any(String) } }),
    );
  });

  it('is refused at its own field', () => {
    const service = at.open();
    expect(() => service.add(withSub('ftp://cam/2'))).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        detail: expect.objectContaining({ field: 'subUrl' }),
      }),
    );
    expect(service.list()).toHaveLength(1);
  });
});

describe('a camera that is changed', () => {
  it('keeps its recorder running when it is renamed', () => {
    const service = at.open();
    const camera = service.rename(at.made.cameraId, 'Front gate');
    expect(camera.name).toBe('Front gate');
    expect(at.asked).toEqual([]);
    expect(at.told).toEqual([{ kind: 'camera', camera }]);
    service.add(newCamera('rtsp://cam/'));
    expect(() => service.rename(at.made.cameraId, 'YARD')).toThrow('Another camera');
    expect(service.rename(at.made.cameraId, 'FRONT GATE').name).toBe('FRONT GATE');
  });

  it('is live only while recording is off', () => {
    const service = at.open();
    expect(service.setRecording(at.made.cameraId, false).recording).toBe(false);
    expect(service.setRecording(at.made.cameraId, true).recording).toBe(true);
    expect(at.asked).toEqual(['rtsp live only', 'rtsp recorded']);
  });

  it('is recorded by the mode it has, which is kept while it is off', () => {
    const service = at.open();
    const { cameraId } = at.made;
    const { kind: _, ...rolls } = { ...continuously, week: [...fullWeek], preRollMs: 2_000 };
    expect(service.list()[0]?.mode).toEqual({ ...continuously, week: [...fullWeek] });
    const onMotion = service.setMode(cameraId, { kind: 'motion', ...rolls });
    expect(Camera.parse(onMotion)).toMatchObject({
      recording: true,
      mode: { kind: 'motion', preRollMs: 2_000 },
    });
    expect(service.setMode(cameraId, { kind: 'off', ...rolls, postRollMs: 9_000 })).toMatchObject({
      recording: false,
      mode: { kind: 'off', postRollMs: 9_000 },
    });
    expect(service.setRecording(cameraId, true).mode).toMatchObject({ kind: 'motion', postRollMs: 9_000 });
    expect(at.modes.map(({ kind }) => kind)).toEqual(['motion', 'off', 'motion']);
  });

  it('is recorded by hand for a while, whatever its mode, and not once it is off', () => {
    const service = at.open();
    service.setRecording(at.made.cameraId, false);
    const began = Date.now();
    const { recording, mode } = service.recordByHand(at.made.cameraId, 60_000);
    expect(recording).toBe(false);
    expect(mode.kind).toBe('off');
    expect((mode.manualUntilMs ?? 0) - began).toBeGreaterThanOrEqual(60_000);
    expect((mode.manualUntilMs ?? 0) - began).toBeLessThan(70_000);
    expect(at.modes.at(-1)?.manualUntilMs).toBe(mode.manualUntilMs);
    expect(service.recordByHand(at.made.cameraId, 0).mode.manualUntilMs).toBeUndefined();
    service.recordByHand(at.made.cameraId, 60_000);
    expect(service.setRecording(at.made.cameraId, false).mode.manualUntilMs).toBeUndefined();
    expect(() => service.recordByHand(newId(), 1)).toThrow('no such camera');
  });

  it('has its pictures made smaller, and no more so', () => {
    const service = at.open();
    const saver = { codec: 'h265', heightLimit: 720, kilobits: 800 } as const;
    expect(Camera.parse(service.setSaver(at.made.cameraId, saver)).saver).toEqual(saver);
    expect(service.setSaver(at.made.cameraId, undefined).saver).toBeUndefined();
    expect(at.savers).toEqual([{ ...saver, fpsLimit: undefined }, undefined]);
    expect(() => service.setSaver(newId(), saver)).toThrow('no such camera');
  });

  it('that is removed is gone, its name is free, its footage is not touched', async () => {
    const service = at.open();
    await service.remove(at.made.cameraId);
    expect(service.list()).toEqual([]);
    expect(service.streamIds().size).toBe(0);
    expect(at.asked).toEqual(['removed']);
    expect(at.told).toEqual([{ kind: 'camera-removed', cameraId: at.made.cameraId }]);
    expect(new CameraRows(at.made.catalog).streamPlaces()).toHaveLength(1);
    service.add(newCamera('rtsp://cam/', { name: 'Gate' }));
  });

  it('that is not there is said to be not there', async () => {
    const service = at.open();
    expect(() => service.rename(newId(), 'X')).toThrow('no such camera');
    expect(() => service.setRecording(newId(), true)).toThrow('no such camera');
    await expect(service.remove(newId())).rejects.toThrow('no such camera');
  });
});

it('a sign-in that cannot be opened any more is reported, and the camera is tried without it', () => {
  const camera = at.open().add(newCamera(`rtsp://admin:${secret}@cam/1`));
  const service = at.open(at.secretsIn('another.key'));
  service.start();
  expect(service.withUnreadableSignIn()).toEqual([{ name: 'Yard', role: 'main' }]);
  expect(at.sources.get(camera.streamId)).toEqual({ kind: 'rtsp', url: 'rtsp://cam/1', transport: 'tcp' });
});

it('connection tests are limited in number, and store nothing', async () => {
  const service = at.open();
  const giveUp = new AbortController();
  const held = Promise.withResolvers<Awaited<ReturnType<CameraParts['test']>>>();
  let source: StreamSource | undefined;
  at.answerTest = (given) => {
    source = given;
    return held.promise;
  };
  const running = Array.from({ length: testsLimit }, () =>
    service.test(newCamera(`http://admin:${secret}@cam/video`), giveUp.signal),
  );
  await expect(service.test(newCamera('rtsp://cam/'), giveUp.signal)).rejects.toThrow('still running');
  held.resolve({ ok: false, reason: 'timed-out', message: 'Nothing came.' });
  await Promise.all(running);
  expect(source).toEqual({
    kind: 'http',
    url: 'http://cam/video',
    signIn: { username: 'admin', password: secret },
  });
  await service.test(newCamera('rtsp://cam/'), giveUp.signal);
  expect(service.list()).toHaveLength(1);
});
