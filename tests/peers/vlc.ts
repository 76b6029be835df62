// VLC as a test camera: a second RTSP server, which speaks UDP only (it answers 461 to RTP over TCP).
import { open } from 'node:fs/promises';
import { freePort, rtspDescribes, startPeer } from './peer-process.ts';

const START_LIMIT_MS = 20_000;

export interface VlcCamera extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Serves a movie (clips.ts) over and over. At the end of the movie VLC's timestamps jump back by a second, which makes a short
 * one a camera with a fault, and a long one a good camera for as long as it lasts.
 * @throws when VLC does not describe the stream within 20 s, with what it said
 */
export async function startVlcCamera(movieFile: string): Promise<VlcCamera> {
  const port = await freePort();
  // VLC refuses root, so it may run as nobody, who need not be able to open our files: it gets this one opened.
  const file = await open(movieFile, 'r');
  const server = startPeer({
    command: 'vlc',
    args: [
      ...['--intf=dummy', '--no-dbus', '--no-media-library', '--rtsp-host=127.0.0.1', '--input-repeat=65535'],
      ...['--sout', `#rtp{sdp=rtsp://127.0.0.1:${port}/cam}`, 'fd://3', 'vlc://quit'],
    ],
    // Neither settings nor a cache of plugins: nobody has no home.
    env: { HOME: '/nonexistent' },
    fd: file.fd,
    unprivileged: true,
  });
  await file.close();
  try {
    await server.until('its stream', START_LIMIT_MS, (signal) => rtspDescribes(port, '/cam', signal));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    url: `rtsp://127.0.0.1:${port}/cam`,
    port,
    pid: server.pid,
    stop: server.stop,
    [Symbol.asyncDispose]: server.stop,
  };
}
