// Another address, sign-in or transport of a camera: what the recorder is given, what is kept, and that no password comes back.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StreamSource } from '../../recorder/ffmpeg/source.ts';
import { newId } from '../../recorder/model/ids.ts';
import { Camera } from '../contract/shapes.ts';
import { MadeCameras, newCamera } from './made-cameras.ts';

const secret = 'S3cr3t!Cam';

let at: MadeCameras;
beforeEach(() => {
  at = new MadeCameras();
});
afterEach(() => at.remove());

describe('the source of a camera', () => {
  const changed = 'N3w!S3cr3t';

  it('is changed in the same stream, which gets the new sign-in and shows it to nobody', () => {
    const service = at.open();
    const before = service.add(newCamera(`rtsp://admin:${secret}@cam/1`, { subUrl: 'rtsp://cam/2' }));
    at.asked = [];
    const after = service.setSource(before.id, { url: 'rtsp://cam/1', password: changed });
    expect(Camera.parse(after)).toEqual({ ...before, state: after.state });
    expect(at.asked).toEqual(['rtsp recorded', 'rtsp sub watched']);
    const signIn = { username: 'admin', password: changed };
    expect(at.sources.get(before.streamId)).toMatchObject({ url: 'rtsp://cam/1', transport: 'tcp', signIn });
    expect(at.sources.get(before.sub?.streamId ?? newId())).toMatchObject({ url: 'rtsp://cam/2', signIn });
    expect(JSON.stringify([after, at.told]) + at.logged).not.toMatch(new RegExp(`${secret}|${changed}`));
    at.sources.clear();
    at.open().start();
    expect(at.sources.get(before.streamId)).toMatchObject({ signIn });
  });

  it('becomes another camera at the same place, with nothing of the sign-in before', () => {
    const service = at.open();
    const { id, streamId } = service.add(newCamera(`rtsp://admin:${secret}@cam/1`));
    const { source } = service.setSource(id, { url: 'http://other/video', transport: 'udp' });
    expect(source).toEqual({ kind: 'http', url: 'http://other/video', signsIn: false });
    expect(at.sources.get(streamId)).toEqual({ kind: 'http', url: 'http://other/video' });
    expect(service.setSource(id, { url: 'rtsp://other/1' }).source).toMatchObject({ transport: 'udp' });
  });

  it('is refused with what is wrong, and stays as it is', () => {
    const service = at.open();
    const pattern = service.addTestPattern('Pattern');
    const before = service.list();
    const url = 'rtsp://cam/';
    expect(() => service.setSource(at.made.cameraId, { url: 'ftp://cam/' })).toThrow('begins with rtsp://');
    expect(() => service.setSource(at.made.cameraId, { url, password: 'x' })).toThrow('needs a user name');
    expect(() => service.setSource(pattern.id, { url })).toThrow('A test pattern has no address');
    expect(() => service.setSource(newId(), { url })).toThrow('no such camera');
    expect(service.list()).toEqual(before);
  });

  it('is tested with the sign-in it would have', async () => {
    const service = at.open();
    const { id } = service.add(newCamera(`rtsp://admin:${secret}@cam/1`));
    const tried: StreamSource[] = [];
    const noAnswer = at.answerTest;
    at.answerTest = (source, signal) => {
      tried.push(source);
      return noAnswer(source, signal);
    };
    for (const url of ['rtsp://cam/2', 'rtsp://elsewhere/2'])
      await service.test({ url, transport: 'tcp', cameraId: id }, new AbortController().signal);
    const signIn = { username: 'admin', password: secret };
    const rtsp = { kind: 'rtsp', transport: 'tcp' };
    expect(tried).toEqual([
      { ...rtsp, url: 'rtsp://cam/2', signIn },
      { ...rtsp, url: 'rtsp://elsewhere/2' },
    ]);
  });

  it('with a sign-in that cannot be opened is kept sealed until another is typed', () => {
    const { id, streamId } = at.open().add(newCamera(`rtsp://admin:${secret}@cam/1`));
    const service = at.open(at.secretsIn('another.key'));
    service.setSource(id, { url: 'rtsp://cam/1', transport: 'udp' });
    expect(service.withUnreadableSignIn()).toEqual([{ name: 'Yard', role: 'main' }]);
    at.open().start();
    expect(at.sources.get(streamId)).toMatchObject({ transport: 'udp', signIn: { password: secret } });
    service.setSource(id, { url: 'rtsp://cam/1', username: 'admin', password: changed });
    expect(service.withUnreadableSignIn()).toEqual([]);
  });

  it('is not told of any more once its sub stream alone was given another sign-in', () => {
    const subUrl = `rtsp://viewer:${secret}@elsewhere/2`;
    const { id } = at.open().add(newCamera('rtsp://cam/1', { subUrl }));
    const service = at.open(at.secretsIn('another.key'));
    service.start();
    expect(service.withUnreadableSignIn()).toEqual([{ name: 'Yard', role: 'sub' }]);
    service.setSub(id, `rtsp://viewer:${changed}@elsewhere/2`);
    expect(service.withUnreadableSignIn()).toEqual([]);
  });
});
