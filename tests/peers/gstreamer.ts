// Test cameras served by GStreamer's RTSP server, with faults on command; the server itself is gstreamer-cameras.py.
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { RelayClip } from './clips.ts';
import { startPeer } from './peer-process.ts';

/** The first start on a machine scans all plugins. */
const START_LIMIT_MS = 30_000;
const COMMAND_LIMIT_MS = 5_000;
/** The system's Python, which has the bindings (python3-gi); another one on PATH does not. */
const PYTHON = '/usr/bin/python3';

/** Who may watch (HTTP digest, RFC 2617). */
export interface Digest {
  readonly user: string;
  readonly password: string;
}

interface Watched {
  readonly digest?: Digest;
  /** Serves RTSPS: a certificate and its key in PEM. One for all cameras that have any. */
  readonly tls?: string;
}

/** A live test picture with the burnt-in clock (burnt-clock.ts); encoded only while somebody watches. */
export interface EncodedCamera extends Watched {
  readonly kind: 'h264' | 'h265';
  /** Multiple of 32. */
  readonly width: number;
  /** Multiple of 18. */
  readonly height: number;
  readonly fps: number;
  readonly gopFrames: number;
  readonly kilobits: number;
  /** Behind the ball, ARGB; black when left out. */
  readonly background?: number;
  readonly audio?: 'pcma' | 'aac';
  /**
   * Instead of the ball: for `forMs` from every multiple of `everyMs` of UTC epoch time a white box goes through the left
   * third of the picture, in the middle of its height; else nothing moves but the clocks at the upper and lower edge.
   */
  readonly visitor?: { readonly everyMs: number; readonly forMs: number };
}

export interface MjpegCamera extends Watched {
  readonly kind: 'mjpeg';
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly audio?: 'pcma' | 'aac';
}

export interface AudioOnlyCamera extends Watched {
  readonly kind: 'audio';
  readonly audio: 'pcma' | 'aac';
}

/** A clip sent in a loop as it is, with timestamps that go on over the seam; has no burnt-in clock. */
export interface RelayCamera extends Watched, Omit<RelayClip, 'sound'> {
  readonly kind: 'relay';
  readonly sound?: string;
}

export type CameraPlan = EncodedCamera | MjpegCamera | AudioOnlyCamera | RelayCamera;

export interface GstreamerCameras<Name extends string> extends AsyncDisposable {
  /** By camera; with user and password where it has them. */
  readonly urls: Readonly<Record<Name, string>>;
  /** Of the cameras that anybody may watch; those with a password are on another. */
  readonly port: number;
  readonly pid: number;
  /**
   * Sends nothing more while connections, RTSP answers and RTCP go on. GStreamer answers a PLAY only when it has a picture, so
   * that each new viewer of a stalled camera lets one or two through.
   */
  stall(name: Name): Promise<void>;
  /** Sends again, from the next key frame. */
  resume(name: Name): Promise<void>;
  /** Closes its connections and answers 404 from now on. */
  drop(name: Name): Promise<void>;
  bringBack(name: Name): Promise<void>;
  /** Of an encoded camera: goes on in another size, without a word to those who watch. */
  resize(name: Name, width: number, height: number): Promise<void>;
  /** Of a camera with a password: it has another from now on, and its connections are closed. */
  setPassword(name: Name, password: string): Promise<void>;
  /** Pictures handed to the RTP payloader since the start (packets of sound for audio only); a viewer that comes later missed the earlier ones. */
  framesSent(name: Name): Promise<number>;
  stop(): Promise<void>;
}

/** The cameras of a small site. The password is the test's own, so that it can be searched for. */
export function standardCameras(password = 'S3cr3t!Cam') {
  const small = { width: 640, height: 360, fps: 15, gopFrames: 30, kilobits: 600 } as const;
  return {
    main: { kind: 'h264', width: 1280, height: 720, fps: 25, gopFrames: 50, kilobits: 2_000, audio: 'pcma' },
    sub: { kind: 'h264', width: 320, height: 180, fps: 15, gopFrames: 30, kilobits: 200, audio: 'pcma' },
    clock: { kind: 'h264', ...small, audio: 'pcma' },
    h265: { kind: 'h265', ...small, audio: 'aac' },
    mjpeg: { kind: 'mjpeg', width: 640, height: 360, fps: 10 },
    guarded: { kind: 'h264', ...small, digest: { user: 'admin', password } },
    audioOnly: { kind: 'audio', audio: 'pcma' },
  } satisfies Record<string, CameraPlan>;
}

/** A camera that costs nearly nothing, each with a pipeline of its own; many of them make the benches' site. */
export function relayCamera(clip: RelayClip): RelayCamera {
  return { kind: 'relay', ...clip };
}

/**
 * Starts the server on ports of 127.0.0.1 that the system picks.
 * @param cameras by name, which is also the path of the URL
 * @throws when it does not come up within 30 s, with what it said
 */
export async function startGstreamerCameras<const Plans extends Record<string, CameraPlan>>(
  cameras: Plans,
): Promise<GstreamerCameras<keyof Plans & string>> {
  const server = startPeer({
    command: PYTHON,
    args: [join(import.meta.dirname, 'gstreamer-cameras.py')],
    stdin: 'pipe',
    stdout: 'pipe',
  });
  const { stdin, stdout } = server.child;
  if (!stdin || !stdout) throw new Error('a peer started with pipes has none');
  // A server that died says so by its end; the broken pipe on top adds nothing.
  stdin.on('error', () => {});
  const lines = createInterface({ input: stdout });
  const write = (line: unknown) => stdin.write(`${JSON.stringify(line)}\n`);

  write(Object.fromEntries(Object.entries(cameras).map(([name, plan]) => [`/${name}`, plan])));
  const first = await server
    .until('its port', START_LIMIT_MS, () => new Promise<string>((resolve) => lines.once('line', resolve)))
    .catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
  const ports = JSON.parse(first) as Ports;

  const answers = new Map<number, (answer: { frames?: number; error?: string }) => void>();
  lines.on('line', (line) => {
    const answer = JSON.parse(line) as { id: number; frames?: number; error?: string };
    answers.get(answer.id)?.(answer);
    answers.delete(answer.id);
  });
  let lastId = 0;
  const command = async (
    verb: 'stall' | 'resume' | 'drop' | 'return' | 'count' | 'resize' | 'guard',
    name: string,
    more: object = {},
  ): Promise<number> => {
    const id = ++lastId;
    const { frames, error } = await server.until(`${verb} ${name}`, COMMAND_LIMIT_MS, () => {
      const answer = new Promise<{ frames?: number; error?: string }>((resolve) => answers.set(id, resolve));
      write({ id, [verb]: `/${name}`, ...more });
      return answer;
    });
    if (frames === undefined) throw new Error(`${verb} ${name}: ${error}`);
    return frames;
  };
  const order = (verb: 'stall' | 'resume' | 'drop' | 'return') => async (name: string) => {
    await command(verb, name);
  };

  return {
    urls: Object.fromEntries(
      Object.entries(cameras).map(([name, plan]) => [name, urlOf(name, plan, ports)]),
    ) as Record<keyof Plans & string, string>,
    port: ports.port,
    pid: server.pid,
    stall: order('stall'),
    resume: order('resume'),
    drop: order('drop'),
    bringBack: order('return'),
    resize: async (name, width, height) => {
      await command('resize', name, { size: [width, height] });
    },
    setPassword: async (name, password) => {
      await command('guard', name, { password });
    },
    framesSent: (name) => command('count', name),
    stop: server.stop,
    [Symbol.asyncDispose]: server.stop,
  };
}

interface Ports {
  readonly port: number;
  readonly guardedPort: number | null;
  readonly tlsPort: number | null;
}

function urlOf(name: string, { digest, tls }: CameraPlan, { port, guardedPort, tlsPort }: Ports): string {
  if (tls !== undefined) return `rtsps://127.0.0.1:${tlsPort}/${name}`;
  if (!digest) return `rtsp://127.0.0.1:${port}/${name}`;
  const credentials = `${encodeURIComponent(digest.user)}:${encodeURIComponent(digest.password)}`;
  return `rtsp://${credentials}@127.0.0.1:${guardedPort}/${name}`;
}
