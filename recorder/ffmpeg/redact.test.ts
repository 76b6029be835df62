// No words of FFmpeg leave with a credential in them.

import { describe, expect, it } from 'vitest';
import { redactor } from './redact.ts';

const signIn = { username: 'admin', password: 'S3cr3t!C@m/1' };
const redact = redactor({ kind: 'rtsp', url: 'rtsp://10.0.0.9/live', transport: 'tcp', signIn });

describe('redactor', () => {
  it('leaves scheme, host and port of an address', () => {
    expect(
      redact("Impossible to open 'rtsp://admin:S3cr3t%21C%40m%2F1@10.0.0.9:554/live?user=x&password=y'"),
    ).toBe("Impossible to open 'rtsp://10.0.0.9:554'");
    expect(redact('Connection to tcp://10.0.0.9:554?timeout=10000000 failed: Connection refused')).toBe(
      'Connection to tcp://10.0.0.9:554 failed: Connection refused',
    );
  });

  it('hides the password wherever it stands, plain or encoded', () => {
    const said = redact('a S3cr3t!C@m/1 b S3cr3t%21C%40m%2F1 c rtsp://admin:S3cr3t!C@m/1@10.0.0.9/live');
    expect(said).toBe('a [hidden] b [hidden] c rtsp://10.0.0.9');
  });

  it('does not tear sentences apart for a short password', () => {
    const short = redactor({ kind: 'http', url: 'http://h/', signIn: { username: 'a', password: 'e' } });
    expect(short('Server returned 401, http://a:e@h/x')).toBe('Server returned 401, http://h');
  });
});
