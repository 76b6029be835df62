// Endings of real FFmpegs (5.1 of Debian, and a Windows build where its words differ), and what they mean.

import { describe, expect, it } from 'vitest';
import { classifyEnding, failure } from './classify.ts';
import type { FfmpegExit } from './process.ts';

const same = (text: string) => text;

function ended(words: string, more: Partial<FfmpegExit> = {}): FfmpegExit {
  return { code: 1, signal: null, asked: false, spawnError: undefined, words, ...more };
}

/** The last line is what FFmpeg says about the list it was given. */
const openings: readonly (readonly [string, string, string])[] = [
  [
    'wrong-password',
    "[rtsp @ 0x5579fc62c640] [error] method DESCRIBE failed: 401 Unauthorized\n[concat @ 0x5579fc61ab00] [error] Impossible to open 'rtsp://admin:wrong@127.0.0.1:42451/g'\n[error] pipe:0: Server returned 401 Unauthorized (authorization failed)",
    'method DESCRIBE failed: 401 Unauthorized',
  ],
  [
    'wrong-password',
    '[http @ 0x5579fc62c640] [error] HTTP error 403 Forbidden\n[error] pipe:0: Server returned 403 Forbidden (access denied)',
    'HTTP error 403 Forbidden',
  ],
  [
    'not-found',
    '[rtsp @ 0x55d70d982600] [error] method DESCRIBE failed: 404 Not Found\n[error] pipe:0: Server returned 404 Not Found',
    'method DESCRIBE failed: 404 Not Found',
  ],
  [
    'refused',
    '[tcp @ 0x561eaac85ac0] [error] Connection to tcp://127.0.0.1:1?timeout=0 failed: Connection refused\n[error] pipe:0: Connection refused',
    'Connection to tcp://127.0.0.1:1?timeout=0 failed: Connection refused',
  ],
  [
    'refused',
    '[tcp @ 0000020c5a2f4a80] [error] Connection to tcp://127.0.0.1:1 failed: Error number -10061 occurred\n[error] pipe:0: Error number -10061 occurred',
    'Error number -10061 occurred',
  ],
  [
    'refused',
    '[rtsp @ 0x55a3517c36c0] [error] method SETUP failed: 453 Not Enough Bandwidth\n[error] pipe:0: Server returned 4XX Client Error, but not one of 40{0,1,3,4}',
    'method SETUP failed: 453 Not Enough Bandwidth',
  ],
  [
    'refused',
    '[tls @ 0x55e27578c500] [error] An unexpected TLS packet was received.\n[error] pipe:0: Input/output error',
    'An unexpected TLS packet was received.',
  ],
  [
    'unreachable',
    '[tcp @ 0x55c9e2f33500] [error] Failed to resolve hostname nohost.invalid: Name or service not known\n[error] pipe:0: Input/output error',
    'Failed to resolve hostname nohost.invalid: Name or service not known',
  ],
  [
    'unreachable',
    '[tcp @ 0x55c9e2f33500] [error] Connection to tcp://10.9.9.9:554 failed: No route to host\n[error] pipe:0: No route to host',
    'Connection to tcp://10.9.9.9:554 failed: No route to host',
  ],
  [
    'timed-out',
    '[tcp @ 0x55c9e2f33500] [error] Connection to tcp://10.9.9.9:554 failed: Connection timed out\n[error] pipe:0: Connection timed out',
    'Connection to tcp://10.9.9.9:554 failed: Connection timed out',
  ],
  ['no-video', "[fatal] Stream map '0:v:0' matches no streams.", "Stream map '0:v:0' matches no streams."],
  [
    'unsupported-codec',
    '[mp4 @ 0x55b] [error] Could not find tag for codec vp8 in stream #0, codec not currently supported in container\n[error] Error initializing output stream 0:0 -- ',
    'Could not find tag for codec vp8 in stream #0, codec not currently supported in container',
  ],
];

describe('classifyEnding', () => {
  it.each(openings)('tells %s', (reason, words, said) => {
    const found = classifyEnding({ exit: ended(words), hadVideo: false }, same);
    expect(found.reason).toBe(reason);
    expect(found.detail).toContain(`(${said})`);
  });

  it('knows that FFmpeg takes the silence of an RTSP camera for bad data', () => {
    const words =
      "[concat @ 0x55b] [error] Impossible to open 'rtsp://h/'\n[error] pipe:0: Invalid data found when processing input";
    expect(classifyEnding({ exit: ended(words), hadVideo: false }, same)).toEqual(failure('timed-out'));
  });

  it('calls the end of a running recorder just that, whatever its exit code', () => {
    const exit = ended('[rtp @ 0x1] [error] Connection refused', { code: 0 });
    expect(classifyEnding({ exit, hadVideo: true }, same).reason).toBe('recorder-ended');
    expect(
      classifyEnding({ exit: ended('', { code: null, signal: 'SIGKILL' }), hadVideo: true }, same),
    ).toEqual(failure('recorder-ended', 'SIGKILL'));
    expect(classifyEnding({ exit: ended('', { code: 0 }), hadVideo: false }, same).detail).toContain(
      'exit code 0',
    );
  });

  it('tells a recorder that cannot be started', () => {
    const exit = ended('', { code: null, spawnError: 'ENOENT' });
    expect(classifyEnding({ exit, hadVideo: false }, same)).toEqual(failure('no-recorder', 'ENOENT'));
  });

  it('passes words on redacted and bounded', () => {
    const words = `[error] ${'x'.repeat(1_000)} 401`;
    const found = classifyEnding({ exit: ended(words), hadVideo: false }, (text) =>
      text.replace('401', '[hidden]'),
    );
    expect(found.detail).not.toContain('401');
    expect(found.detail.length).toBe(300);
  });
});
