// A network cable between us and a camera: a pair of virtual interfaces, the far one in a network namespace. Pulled out, packets
// vanish without a word, and connections stay half-open; plugged in again, they go on.

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { startPeer } from '../peers/peer-process.ts';
import { Namespace } from './namespace.ts';

const limitMs = 5_000;

const ip = (...args: string[]) =>
  execFileSync('ip', args, { timeout: limitMs, stdio: ['ignore', 'ignore', 'pipe'] });

export interface Cable extends AsyncDisposable {
  /** Host and port at which the camera is seen through the cable. */
  readonly host: string;
  pull(): void;
  plugIn(): void;
}

/** Lays a cable to `port` of this machine, in a network that nobody else has (RFC 2544, 198.18.0.0/15). Needs root. */
export async function layCable(port: number): Promise<Cable> {
  const open = new AsyncDisposableStack();
  try {
    const far = open.use(await Namespace.make('net'));
    const near = `lk${process.pid % 1_000_000}`;
    const network = `198.18.${process.pid % 256}`;
    // Both ends go with the far one.
    ip('link', 'add', near, 'type', 'veth', 'peer', 'name', 'camera', 'netns', String(far.pid));
    ip('address', 'add', `${network}.1/30`, 'dev', near);
    ip('link', 'set', near, 'up');
    far.run('ip', 'address', 'add', `${network}.2/30`, 'dev', 'camera');
    far.run('ip', 'link', 'set', 'camera', 'up');
    const socketFile = await leadIn(port, open);
    const [command, ...entry] = far.entry;
    const program = [process.execPath, path.join(import.meta.dirname, 'far-end.ts')];
    const args = [...entry, ...program, `${network}.2`, socketFile];
    const end = open.use(startPeer({ command, args, stdout: 'pipe' }));
    const { stdout } = end.child;
    if (stdout === null) throw new Error('a peer started with pipes has none');
    const farPort = await end.until('its port', limitMs, async (signal) => {
      const [line] = (await once(createInterface({ input: stdout }), 'line', { signal })) as [string];
      return line;
    });
    return {
      host: `${network}.2:${farPort}`,
      pull: () => void far.run('ip', 'link', 'set', 'camera', 'down'),
      plugIn: () => void far.run('ip', 'link', 'set', 'camera', 'up'),
      [Symbol.asyncDispose]: () => open.disposeAsync(),
    };
  } catch (error) {
    await open.disposeAsync();
    throw error;
  }
}

/** A socket file that leads to `port` of this machine; returns its path. */
async function leadIn(port: number, open: AsyncDisposableStack): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lookout-cable-'));
  open.defer(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'camera.sock');
  const sockets = new Set<Socket>();
  const server = createServer((outer) => {
    const inner = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [outer, inner],
      [inner, outer],
    ] as const) {
      sockets.add(one);
      one.on('error', () => one.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  }).listen(file);
  await once(server, 'listening');
  open.defer(async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
    await once(server, 'close');
  });
  return file;
}
