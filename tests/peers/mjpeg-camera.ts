// A camera that serves motion JPEG over HTTP, as multipart pictures without an end and without a time of their own.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';

const boundary = 'picture';
const filmLimitBytes = 32 * 1024 * 1024;

export interface MjpegPlan {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Asked for by HTTP basic authentication (RFC 7617). */
  readonly signIn?: { readonly user: string; readonly password: string };
}

/** The pictures of a second, cut at their markers: FFmpeg's JPEGs hold none inside. */
async function pictures({ width, height, fps }: MjpegPlan): Promise<Buffer[]> {
  const input = ['-f', 'lavfi', '-i', `testsrc2=size=${width}x${height}:rate=${fps}`, '-t', '1'];
  const { stdout } = await promisify(execFile)(
    'ffmpeg',
    ['-v', 'error', ...input, '-c:v', 'mjpeg', '-f', 'image2pipe', '-'],
    {
      encoding: 'buffer',
      maxBuffer: filmLimitBytes,
    },
  );
  const cut: Buffer[] = [];
  for (let start = 0; start < stdout.length; ) {
    const end = stdout.indexOf(Buffer.from([0xff, 0xd9]), start) + 2;
    cut.push(stdout.subarray(start, end));
    start = end;
  }
  return cut;
}

export async function startMjpegCamera(plan: MjpegPlan) {
  const film = await pictures(plan);
  const viewers = new Set<ServerResponse>();
  let stalled = false;
  const expected =
    plan.signIn && `Basic ${Buffer.from(`${plan.signIn.user}:${plan.signIn.password}`).toString('base64')}`;
  const server = createServer((request, response) => {
    if (expected !== undefined && request.headers.authorization !== expected) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="camera"' }).end();
      return;
    }
    response.writeHead(200, { 'content-type': `multipart/x-mixed-replace; boundary=${boundary}` });
    viewers.add(response);
    response.on('close', () => viewers.delete(response));
  });
  let shown = 0;
  const timer = setInterval(() => {
    const picture = film[shown++ % film.length];
    if (stalled || picture === undefined) return;
    const head = `--${boundary}\r\nContent-Type: image/jpeg\r\nContent-Length: ${picture.length}\r\n\r\n`;
    for (const viewer of viewers)
      viewer.write(Buffer.concat([Buffer.from(head), picture, Buffer.from('\r\n')]));
  }, 1_000 / plan.fps);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    /** Without the sign-in. */
    url: `http://127.0.0.1:${port}/video.mjpg`,
    /** Sends nothing more while its connections stay. */
    stall: () => {
      stalled = true;
    },
    resume: () => {
      stalled = false;
    },
    async stop() {
      clearInterval(timer);
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
