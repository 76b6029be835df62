// Addresses of cameras: what is taken, what is refused, and that no password stays in what is shown.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSourceUrl } from './source-url.ts';

const accepted = (text: string, given = {}) => {
  const result = readSourceUrl(text, given);
  if (!result.ok) throw new Error(`refused: ${result.message}`);
  return result.address;
};

describe('an address that is taken', () => {
  it.each([
    ['rtsp://192.168.1.20/stream1', 'rtsp', 'rtsp://192.168.1.20/stream1'],
    ['RTSP://Gate.Example.COM:8554/Main', 'rtsp', 'rtsp://gate.example.com:8554/Main'],
    ['rtsps://cam:322', 'rtsp', 'rtsps://cam:322'],
    // The port 80 is not RTSP's own and must survive (a browser's URL would drop it).
    ['rtsp://cam:80/x', 'rtsp', 'rtsp://cam:80/x'],
    ['http://cam/mjpg/video.mjpg?fps=5', 'http', 'http://cam/mjpg/video.mjpg?fps=5'],
    ['rtsp://[FD00::5]:554/s', 'rtsp', 'rtsp://[fd00::5]:554/s'],
    ['rtsp://bücher.example/größe', 'rtsp', 'rtsp://xn--bcher-kva.example/gr%C3%B6%C3%9Fe'],
    ["rtsp://cam/it's", 'rtsp', 'rtsp://cam/it%27s'],
    ['rtsp://cam/../a/%2e%2e/b', 'rtsp', 'rtsp://cam/../a/%2e%2e/b'],
    // Dahua's way of naming channels.
    [
      'rtsp://cam/cam/realmonitor?channel=1&subtype=0',
      'rtsp',
      'rtsp://cam/cam/realmonitor?channel=1&subtype=0',
    ],
  ])('%s', (text, kind, url) => {
    expect(accepted(text)).toEqual({ kind, url, secret: undefined });
  });

  it.each([
    '[::1]',
    '[::2]',
    '[2002:c0a8:101::1]',
    '[::192.168.1.20]',
    '[64:ff9b::192.168.1.20]',
    '[fd00::5]',
    'cam.local.',
  ])('lies on a host of its own: %s', (host) => {
    expect(readSourceUrl(`rtsp://${host}/1`)).toMatchObject({ ok: true });
  });

  it('reads hosts as resolvers do, so that a blocked one has one spelling', () => {
    expect(accepted('rtsp://0x7f.1/').url).toBe('rtsp://127.0.0.1/');
    expect(accepted('rtsp://%63am/').url).toBe('rtsp://cam/');
  });
});

describe('credentials', () => {
  it.each([
    ['rtsp://admin:S3cr3t!Cam@cam/s', { username: 'admin', password: 'S3cr3t!Cam' }],
    ['rtsp://admin:p@ss:w@cam/s', { username: 'admin', password: 'p@ss:w' }],
    ['rtsp://admin:p%40%2F%3F%23@cam/s', { username: 'admin', password: 'p@/?#' }],
    ['rtsp://admin:50%@cam/s', { username: 'admin', password: '50%' }],
    ['rtsp://admin@cam/s', { username: 'admin' }],
    ['rtsp://admin:@cam/s', { username: 'admin' }],
    ["rtsp://ad;min:$(x)&'`@cam/s", { username: 'ad;min', password: "$(x)&'`" }],
  ])('are split from %s', (text, secret) => {
    expect(accepted(text)).toEqual({ kind: 'rtsp', url: 'rtsp://cam/s', secret });
  });

  it('of their own fields win over those in the address', () => {
    const { secret } = accepted('rtsp://old:older@cam/', { username: 'new', password: 'newer' });
    expect(secret).toEqual({ username: 'new', password: 'newer' });
  });

  it('in the path or query are masked in what is shown, and the whole address is sealed', () => {
    // XMEye recorders carry the sign-in in the path.
    const { url, secret } = accepted('rtsp://cam:554/user=admin&password=S3cr3t!Cam&channel=1&stream=0.sdp?');
    expect(url).toBe('rtsp://cam:554/user=admin&password=***&channel=1&stream=0.sdp?');
    expect(secret).toEqual({
      url: 'rtsp://cam:554/user=admin&password=S3cr3t!Cam&channel=1&stream=0.sdp?',
    });
    expect(accepted('http://cam/video?usr=a&PWD=b').url).toBe('http://cam/video?usr=a&PWD=***');
  });

  it('never stand in the shown address, whatever they are', () => {
    const text = fc.string({ unit: 'grapheme-ascii', minLength: 6, maxLength: 40 });
    fc.assert(
      fc.property(text, text, (username, password) => {
        const typed = `rtsp://${encodeURIComponent(username)}:${encodeURIComponent(password)}@cam.example/live`;
        const result = readSourceUrl(typed);
        if (!result.ok) return;
        expect(result.address.url).toBe('rtsp://cam.example/live');
        expect(result.address.secret).toEqual({ username, password });
      }),
      { numRuns: 300 },
    );
  });
});

describe('an address that is refused', () => {
  it.each([
    '',
    'cam',
    'cam/stream',
    '-i /etc/passwd',
    'file:///etc/passwd',
    'FILE://localhost/etc/passwd',
    'concat:rtsp://a/|file:///etc/passwd',
    'pipe:0',
    'tcp://cam:1',
    'udp://239.0.0.1:5000',
    'javascript://cam/%0aalert(1)',
    'constructor://cam/',
    '__proto__://cam/',
    'rtsp:cam',
    'rtsp:/cam/',
    'rtsp:///stream',
    'rtsp://',
    'rtsp://:554/',
    'rtsp://admin:secret@/',
    'rtsp://cam/a b',
    'rtsp://cam/\u0000',
    'rtsp://cam/a\nfile /etc/passwd',
    'rtsp://cam/a\u202egpj',
    'rtsp://cam/\ud800',
    'rtsp://cam/a|file:/etc/passwd',
    'rtsp://cam\\@evil/',
    'rtsp://cam/`id`',
    'rtsp://cam/#frag',
    'rtsp://-i/',
    'rtsp://ca m/',
    'rtsp://cam:/',
    'rtsp://cam:0/',
    'rtsp://cam:65536/',
    'rtsp://cam:port/',
    'rtsp://cam:5 54/',
    'rtsp://fd00::5/',
    'rtsp://[fe80::1%25eth0]/',
    'rtsp://[::g]/',
    'rtsp://0.0.0.0/',
    'rtsp://0/',
    'rtsp://224.0.0.1/',
    'rtsp://255.255.255.255/',
    'rtsp://[::]/',
    'rtsp://[ff02::1]/',
    'http://169.254.169.254/latest/meta-data',
    'http://169.254.169.254./latest/meta-data',
    'http://0xa9fea9fe/',
    'http://2852039166/',
    'http://[::ffff:169.254.169.254]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://[fd00:ec2::254]/',
    'http://169.254.169.254../',
    'http://metadata.google.internal../',
    'http://cam..local/',
    'http://[::169.254.169.254]/',
    'http://[::ffff:0:169.254.169.254]/',
    'http://[2002:a9fe:a9fe::]/',
    'http://[2002:a9fe:a9fe::1]/',
    'rtsp://[2002:e000:1::]/',
    'http://metadata.google.internal/',
    'rtsp://:pass@cam/',
    // As another camera's address is shown.
    'rtsp://cam/user=admin&password=***&channel=1',
    'rtsp://a:b%0d%0ac@cam/',
    // A raw / in the password: what stands before it would be taken for a host.
    'rtsp://admin:12/34@cam/',
    'rtsp://admin:pa/ss@cam/',
  ])('%j', (text) => {
    const result = readSourceUrl(text);
    expect(result.ok).toBe(false);
  });

  it.each([
    ['address', `rtsp://cam/${'a'.repeat(2_000)}`],
    ['user name', `rtsp://${'u'.repeat(129)}@cam/`],
    ['password', `rtsp://u:${'p'.repeat(257)}@cam/`],
    ['host', `rtsp://${'a'.repeat(300)}/`],
  ])('for a %s that is too long', (_part, text) => {
    expect(readSourceUrl(text).ok).toBe(false);
  });

  it('says why without the password', () => {
    for (const text of [
      'rtsp://admin:S3cr3t!Cam/x@cam/',
      'rtsp://admin:S3cr3t!Cam#@cam/',
      'rtsp://a:S3cr3t!Cam @cam/',
    ]) {
      expect(JSON.stringify(readSourceUrl(text))).not.toContain('S3cr3t');
    }
  });
});

it('any text is answered, never thrown at', () => {
  const pieces = fc.constantFrom(
    'rtsp://',
    'http://',
    '@',
    ':',
    '/',
    '[',
    ']',
    '%',
    '?',
    '#',
    '\u0000',
    'cam',
    '::1',
    '\\',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(pieces).map((all) => all.join('')),
      ),
      (text) => {
        const result = readSourceUrl(text);
        const shown = result.ok ? result.address.url : 'rtsp://refused';
        expect(shown).toMatch(/^(rtsps?|https?):\/\/[\x21-\x7e]+$/);
      },
    ),
    { numRuns: 2_000 },
  );
});
