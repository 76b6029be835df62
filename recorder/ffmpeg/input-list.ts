// The ffconcat list FFmpeg reads from stdin: the one place where a camera's address and sign-in meet (product C2).
// Format and quoting: FFmpeg's concat demuxer and "Quoting and escaping" in ffmpeg-utils(1).

import type { SignIn, StreamSource } from './source.ts';

/** A camera that says nothing for this long is given up by FFmpeg itself, also when nobody is left to watch it. */
const cameraSilenceLimitMs = 10_000;
/** Room for the burst of a keyframe over UDP; the system may grant less. */
const udpBufferBytes = 1_048_576;
/** FFmpeg keeps the sign-in of an RTSP address in 128 bytes and cuts what is longer (libavformat/rtsp.h, `auth`). */
const signInLimitBytes = 127;

/** Bytes that may not stand in an address as they are: controls, space, non-ASCII (RFC 3986 section 2). */
const notInAddress = /[^\x21-\x7e]/gu;

function percent(text: string): string {
  return Array.from(
    new TextEncoder().encode(text),
    (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}

/** Userinfo with everything but RFC 3986 `unreserved` encoded: FFmpeg splits first and decodes afterwards. */
export function encodeSignIn(signIn: SignIn): string {
  const encode = (text: string) => text.replace(/[^A-Za-z0-9\-._~]/gu, percent);
  return `${encode(signIn.username)}:${encode(signIn.password)}`;
}

/** True when FFmpeg would cut this sign-in and the camera would refuse it. */
export function signInTooLong(source: StreamSource): boolean {
  return (
    source.kind === 'rtsp' &&
    source.signIn !== undefined &&
    encodeSignIn(source.signIn).length > signInLimitBytes
  );
}

/** Inside single quotes everything is literal but the quote itself. A line break cannot be written; none gets here. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function address(url: string, signIn: SignIn | undefined): string {
  const plain = url.replace(notInAddress, percent);
  if (signIn === undefined) return plain;
  const hostAt = plain.indexOf('://') + 3;
  return `${plain.slice(0, hostAt)}${encodeSignIn(signIn)}@${plain.slice(hostAt)}`;
}

/** The list for stdin, or undefined for a source that needs none. Holds the password: never log it. */
export function inputList(source: StreamSource): string | undefined {
  const silenceUs = String(cameraSilenceLimitMs * 1000);
  switch (source.kind) {
    case 'test-pattern':
      return undefined;
    case 'rtsp':
      return list(address(source.url, source.signIn), {
        rtsp_transport: source.transport,
        timeout: silenceUs,
        // Tracks and sizes are known after a few frames; the frame rate, which would take 20, nobody needs.
        fpsprobesize: '0',
        ...(source.transport === 'udp' ? { buffer_size: String(udpBufferBytes) } : {}),
      });
    case 'http':
      return list(address(source.url, source.signIn), {
        rw_timeout: silenceUs,
        fpsprobesize: '0',
        // A multipart stream of JPEGs has no time of its own.
        use_wallclock_as_timestamps: '1',
      });
  }
}

function list(url: string, options: Readonly<Record<string, string>>): string {
  const lines = Object.entries(options).map(([name, value]) => `option ${name} ${value}`);
  return ['ffconcat version 1.0', `file ${quote(url)}`, ...lines, ''].join('\n');
}
