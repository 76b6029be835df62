// A door in front of a camera that a test controls: it counts who comes, leads to another camera on command, and cuts the line.

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Forwarder extends AsyncDisposable {
  readonly port: number;
  /** How many connections there have been. */
  readonly connections: number;
  /** How many requests came with a sign-in, the right one or a wrong one (RFC 2617). */
  readonly signIns: number;
  /** Closes all connections; new ones lead to `port` of this machine. */
  leadTo(port: number): void;
}

/** Opens a door on 127.0.0.1 that leads to `port`. */
export async function openForwarder(port: number): Promise<Forwarder> {
  let target = port;
  let connections = 0;
  let signIns = 0;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    // The other side shows in its own end.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((outer) => {
    connections += 1;
    const inner = connect(target, '127.0.0.1');
    keep(outer);
    keep(inner);
    outer.on('data', (bytes) => {
      signIns += bytes.toString('latin1').match(/^Authorization:/gim)?.length ?? 0;
    });
    outer.pipe(inner).pipe(outer);
    outer.on('close', () => inner.destroy());
    inner.on('close', () => outer.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    get signIns() {
      return signIns;
    },
    leadTo(other) {
      target = other;
      cut();
    },
    async [Symbol.asyncDispose]() {
      server.close();
      cut();
      await once(server, 'close');
    },
  };
}
