// The list on stdin: quoting, percent-encoding, and no way out of the quotes.

import { describe, expect, it } from 'vitest';
import { encodeSignIn, inputList, signInTooLong } from './input-list.ts';

const url = 'rtsp://10.0.0.9:554/live?channel=1';

describe('inputList', () => {
  it('names transport and time-out of an RTSP camera', () => {
    expect(inputList({ kind: 'rtsp', url, transport: 'tcp' })).toBe(
      [
        'ffconcat version 1.0',
        "file 'rtsp://10.0.0.9:554/live?channel=1'",
        'option rtsp_transport tcp',
        'option timeout 10000000',
        'option fpsprobesize 0',
        '',
      ].join('\n'),
    );
  });

  it('gives UDP a larger buffer', () => {
    expect(inputList({ kind: 'rtsp', url, transport: 'udp' })).toContain(
      'option rtsp_transport udp\noption timeout 10000000\noption fpsprobesize 0\noption buffer_size 1048576\n',
    );
  });

  it('stamps MJPEG over HTTP with the time of its arrival', () => {
    expect(inputList({ kind: 'http', url: 'http://10.0.0.9/a.mjpg' })).toBe(
      "ffconcat version 1.0\nfile 'http://10.0.0.9/a.mjpg'\n" +
        'option rw_timeout 10000000\noption fpsprobesize 0\noption use_wallclock_as_timestamps 1\n',
    );
  });

  it('needs none for the test pattern', () => {
    expect(inputList({ kind: 'test-pattern' })).toBeUndefined();
  });

  it('puts the sign-in before the host, every reserved character encoded', () => {
    const signIn = { username: 'op:er@tor', password: "a@b:c/d#e?f%g'h\\i j\u00e9\n" };
    expect(inputList({ kind: 'rtsp', url, transport: 'tcp', signIn })).toContain(
      "file 'rtsp://op%3Aer%40tor:a%40b%3Ac%2Fd%23e%3Ff%25g%27h%5Ci%20j%C3%A9%0A@10.0.0.9:554/live?channel=1'\n",
    );
  });

  it('lets no address out of its quotes or its line', () => {
    const evil = "rtsp://h/a'b\noption x y\r\u2028\\ %s";
    const list = inputList({ kind: 'rtsp', url: evil, transport: 'tcp' }) ?? '';
    expect(list.split('\n')[1]).toBe("file 'rtsp://h/a'\\''b%0Aoption%20x%20y%0D%E2%80%A8\\%20%s'");
    expect(list.split('\n')).toHaveLength(6);
  });
});

describe('encodeSignIn', () => {
  it('leaves unreserved characters alone (RFC 3986)', () => {
    expect(encodeSignIn({ username: 'a-Z_0.9~', password: 'x' })).toBe('a-Z_0.9~:x');
  });
});

describe('signInTooLong', () => {
  it('counts what FFmpeg keeps: 127 encoded bytes, for RTSP', () => {
    const withPassword = (password: string) => ({ username: 'u', password });
    const rtsp = { kind: 'rtsp', url, transport: 'tcp' } as const;
    expect(signInTooLong({ ...rtsp, signIn: withPassword('x'.repeat(125)) })).toBe(false);
    expect(signInTooLong({ ...rtsp, signIn: withPassword('x'.repeat(126)) })).toBe(true);
    expect(signInTooLong({ ...rtsp, signIn: withPassword('@'.repeat(42)) })).toBe(true);
    expect(signInTooLong({ kind: 'http', url, signIn: withPassword('x'.repeat(200)) })).toBe(false);
    expect(signInTooLong(rtsp)).toBe(false);
  });
});
