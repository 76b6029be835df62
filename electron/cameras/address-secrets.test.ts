// Sign-ins in path and query: none stays in what is shown, and the camera is asked at the address as it was typed.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSourceUrl } from './source-url.ts';
import { toSource } from './stream-source.ts';

const accepted = (text: string) => {
  const result = readSourceUrl(text);
  if (!result.ok) throw new Error(`refused: ${result.message}`);
  return result.address;
};

describe('a secret in an address is hidden', () => {
  it.each([
    // XMEye recorders, in both of their spellings.
    [
      'rtsp://10.0.0.1:554/user=admin_password=S3cr3t_channel=1_stream=0.sdp?real_stream',
      'rtsp://10.0.0.1:554/user=admin_password=***_channel=1_stream=0.sdp?real_stream',
    ],
    [
      'rtsp://10.0.0.1/user=admin&password=S3_cr=3t&channel=1&stream=0.sdp?',
      'rtsp://10.0.0.1/user=admin&password=***&channel=1&stream=0.sdp?',
    ],
    // Foscam and its kin; Vivotek.
    [
      'http://cam/videostream.cgi?loginuse=admin&loginpas=S3cr3t',
      'http://cam/videostream.cgi?loginuse=admin&loginpas=***',
    ],
    [
      'http://cam/v?userpwd=S3cr3t&adminpwd=S3cr3t2&usr_password=S3cr3t3&rate=0',
      'http://cam/v?userpwd=***&adminpwd=***&usr_password=***&rate=0',
    ],
    ['rtsp://cam/1?p%61ssword=S3cr3t', 'rtsp://cam/1?p%61ssword=***'],
    ['rtsp://cam/admin:S3cr3t/ch1', 'rtsp://cam/admin:***/ch1'],
    ['rtsp://cam/admin%3AS3cr3t/ch1', 'rtsp://cam/admin%3A***/ch1'],
    ['rtsp://cam/1?password=a/S3cr3t', 'rtsp://cam/1?password=***'],
    ['rtsp://cam/1?password=a?S3cr3t', 'rtsp://cam/1?password=***'],
    ['rtsp://cam/1?password=a;S3cr3t&x=1', 'rtsp://cam/1?password=***&x=1'],
    ['rtsp://cam/password=a?S3cr3t&x=1', 'rtsp://cam/password=***&x=1'],
    ['http://cam/v?a=1;password=S3cr3t', 'http://cam/v?a=1;password=***'],
    [
      'http://cam/v?auth=S3cr3t&Authorization=S3cr3t&api_key=S3cr3t&streamToken=S3cr3t&usr=a&pw=S3cr3t',
      'http://cam/v?auth=***&Authorization=***&api_key=***&streamToken=***&usr=a&pw=***',
    ],
  ])('%s', (typed, shown) => {
    const { kind, url, secret } = accepted(typed);
    expect(url).toBe(shown);
    expect(toSource({ kind, url, secret }, 'tcp')).toMatchObject({ url: typed });
    expect(readSourceUrl(shown).ok).toBe(false);
  });

  it.each([
    'rtsp://cam/1?keyframe=1&author=me&passive=1&passthrough=0',
    'rtsp://cam/user=monkey_channel=1_stream=0.sdp',
    'rtsp://cam/user=admin_password=_channel=1_stream=0.sdp',
    'rtsp://cam/stream:1/ch:02?t=12:30',
    'rtsp://cam/cam/realmonitor?channel=1&subtype=0',
  ])('and nothing else is: %s', (typed) => {
    expect(accepted(typed)).toEqual({ kind: 'rtsp', url: typed, secret: undefined });
  });
});

it('whatever the secret and wherever it stands, it is not shown, and the camera is given what was typed', () => {
  const name = fc.constantFrom(
    'password',
    'PWD',
    'usr_password',
    'loginpas',
    'api-key',
    'p%61ss',
    'authToken',
  );
  /** Of what an address may hold, without what ends the secret where it stands. */
  const secretWithout = (ends: string) =>
    fc
      .string({
        unit: fc.constantFrom(...Array.from('aZ0_-.~!$()*+,;=:/?&%').filter((sign) => !ends.includes(sign))),
        maxLength: 30,
      })
      .map((text) => `S3cr3t${text}`);
  const address = fc.oneof(
    fc
      .tuple(name, secretWithout('&'))
      .map(([key, secret]) => [`/v?x=1&${key}=${secret}&y=2`, secret] as const),
    fc.tuple(name, secretWithout('&')).map(([key, secret]) => [`/v?${key}=${secret}`, secret] as const),
    fc
      .tuple(name, secretWithout('&/'))
      .map(([key, secret]) => [`/user=a&${key}=${secret}&channel=1`, secret] as const),
    secretWithout('&/=').map(
      (secret) => [`/user=a_password=${secret}_channel=1_stream=0.sdp?x`, secret] as const,
    ),
    secretWithout('/?').map((secret) => [`/admin:${secret}/ch1?x=1`, secret] as const),
  );
  fc.assert(
    fc.property(address, ([tail, secret]) => {
      const typed = `rtsp://cam:554${tail}`;
      const read = accepted(typed);
      expect(read.url).not.toContain('S3cr3t');
      expect(read.url).not.toContain(secret);
      expect(toSource(read, 'tcp')).toMatchObject({ url: typed });
      expect(readSourceUrl(read.url)).toMatchObject({ ok: false, field: 'url' });
    }),
    { numRuns: 1_000 },
  );
});
