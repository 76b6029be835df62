// go2rtc as a test camera: it takes a camera of another peer and serves it again with an RTSP server of its own.
import { findProgram } from './find-program.ts';
import { freePort, rtspDescribes, startPeer } from './peer-process.ts';

const START_LIMIT_MS = 20_000;

export interface Go2rtcCamera extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Serves the camera at `sourceUrl` (without credentials: they would be seen in the list of processes).
 * @throws when go2rtc is not installed, or does not describe the stream within 20 s, with what it said
 */
export async function startGo2rtcCamera(sourceUrl: string): Promise<Go2rtcCamera> {
  const program = findProgram('go2rtc');
  if (program === undefined) throw new Error('go2rtc is neither on PATH nor where go install puts programs');
  const port = await freePort();
  // An empty address switches a door off (go2rtc's internal/app and internal/api notes).
  const config = {
    log: { output: 'stderr', format: 'text' },
    api: { listen: '' },
    webrtc: { listen: '' },
    srtp: { listen: '' },
    rtsp: { listen: `127.0.0.1:${port}` },
    streams: { cam: sourceUrl },
  };
  const server = startPeer({ command: program, args: ['-config', JSON.stringify(config)] });
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
