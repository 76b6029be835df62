// What is kept of a stored sign-in when a camera's address changes, and which host may get it.

import { describe, expect, it } from 'vitest';
import { readChangedAddress, readChangedSub, type StoredSource } from './changed-source.ts';

const stored: StoredSource = { url: 'rtsp://cam/1', secret: { username: 'admin', password: 'old' } };
const changed = (url: string, more: object = {}, before = stored) =>
  readChangedAddress({ url, transport: 'tcp', ...more }, before);

describe('the sign-in of a changed address', () => {
  const kept = { username: 'admin', password: 'old' };
  it.each([
    ['is kept with the address as it is shown', 'rtsp://cam/1', {}, kept],
    ['is kept at another stream of the host', 'rtsp://cam/2', {}, kept],
    ['is kept where fields are empty', ' rtsp://cam/1 ', { username: '', password: '' }, kept],
    ['has a new password alone', 'rtsp://cam/1', { password: 'new' }, { username: 'admin', password: 'new' }],
    ['begins anew with a user name', 'rtsp://cam/1', { username: 'desk' }, { username: 'desk' }],
    [
      'begins anew with one in the address',
      'rtsp://desk:new@cam/1',
      {},
      { username: 'desk', password: 'new' },
    ],
    ['goes to no other host', 'rtsp://elsewhere/1', {}, undefined],
  ])('%s', (_, url, more, secret) => {
    expect(changed(url, more).secret).toEqual(secret);
  });

  it('has no user name for a password to another host', () => {
    expect(() => changed('rtsp://elsewhere/1', { password: 'new' })).toThrow('needs a user name');
  });

  it('in the path is kept with the shown address, and never stored as it is shown', () => {
    const shown = 'rtsp://cam/user=admin&password=***&channel=1';
    const url = 'rtsp://cam/user=admin&password=old&channel=1';
    const inPath = { url: shown, secret: { url } };
    expect(changed(shown, {}, inPath)).toEqual({ kind: 'rtsp', url: shown, secret: { url } });
    const other = shown.replace('channel=1', 'channel=2');
    expect(() => changed(other, {}, inPath)).toThrow('*** in place of its password');
    expect(() => changed(other, {}, { url: shown, secret: undefined })).toThrow('*** in place');
    expect(changed(other.replace('***', 'new'), {}, inPath).secret?.url).toContain('password=new&channel=2');
  });

  it('is nothing that a test pattern has', () => {
    expect(() => changed('rtsp://cam/1', {}, { url: undefined, secret: undefined })).toThrow('test pattern');
  });
});

describe('a sub stream whose camera changed', () => {
  const after = changed('rtsp://cam/1', { password: 'new' });
  const subAfter = (sub: StoredSource, main = after) => readChangedSub(sub, stored, main, 'tcp');

  it('signs in as its camera does, if it did', () => {
    const secret = { username: 'admin', password: 'new' };
    const shared = { url: 'rtsp://cam/2', secret: stored.secret };
    expect(subAfter(shared)).toEqual({ kind: 'rtsp', url: 'rtsp://cam/2', secret });
    expect(subAfter({ ...shared, secret: undefined })?.secret).toEqual(secret);
  });

  it('stays as it is with a sign-in of its own, or on another host', () => {
    expect(subAfter({ url: 'rtsp://cam/2', secret: { username: 'desk', password: 'own' } })).toBeUndefined();
    expect(subAfter({ url: 'rtsp://elsewhere/2', secret: undefined })).toBeUndefined();
    const moved = changed('rtsp://new-cam/1', { username: 'admin', password: 'new' });
    expect(subAfter({ url: 'rtsp://cam/2', secret: stored.secret }, moved)).toBeUndefined();
  });
});
