// The loopback door: the station's one handler on 127.0.0.1, for whoever was given a one-time link.

import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clocks } from '../../recorder/model/clock.ts';
import type { Log } from '../../recorder/model/log.ts';
import type { Person } from '../contract/shapes.ts';
import { guarded } from './guard.ts';
import { nodeListener } from './node-adapter.ts';
import { withSecurityHeaders } from './requests.ts';
import { Sessions } from './sessions.ts';

/** Nobody but this machine reaches it. */
const address = '127.0.0.1';
/** Several windows with their live and event connections; more is a program that connects without end. */
const connectionsLimit = 500;
/** Of these, such on which nobody was let in yet; beyond it the one that stands there longest is cut off. */
const strangersLimit = 100;
/** A client that does not finish its headers, or its request, in this time is cut off. */
const headersLimitMs = 10_000;
const requestLimitMs = 30_000;
/** How often Node looks for such clients; its own half a minute would make both limits longer than they say. */
const lookIntervalMs = 1_000;
/** At the end, answers that are being finished have this long to arrive. */
const endingLimitMs = 300;

export interface DoorOptions {
  /** 0: the system picks a free one. */
  readonly port: number;
  readonly clocks: Clocks;
  readonly log: Log;
  readonly person: Person;
  readonly serve: (request: Request, person: Person) => Promise<Response>;
}

export interface Door {
  readonly port: number;
  /** A new address that opens one session, once. */
  newLink(): string;
  /** Takes no more connections, and cuts those that do not end within a moment. */
  close(): Promise<void>;
}

/** Opens the door. Rejects with node's error when the port is taken. */
export async function openDoor(options: DoorOptions): Promise<Door> {
  const sessions = new Sessions(options.clocks.monotonic);
  const server = createServer({
    headersTimeout: headersLimitMs,
    requestTimeout: requestLimitMs,
    connectionsCheckingInterval: lookIntervalMs,
  });
  server.maxConnections = connectionsLimit;
  const strangers = new Set<Socket>();
  server.on('connection', (connection) => admit(connection, strangers));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, address, () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://${address}:${port}`;
  const guard = guarded({ port, sessions, person: options.person, serve: options.serve });
  const listener = nodeListener({
    origin,
    handle: async (head, readWhole) => withSecurityHeaders(await guard(head, readWhole)),
    onLetIn: (connection) => strangers.delete(connection),
    log: options.log,
  });
  server.on('request', listener);
  return {
    port,
    newLink: () => `${origin}/?link=${sessions.issueLink()}`,
    close: () =>
      new Promise((resolve) => {
        const cancel = options.clocks.timers.after(endingLimitMs, () => server.closeAllConnections());
        server.close(() => {
          cancel();
          resolve();
        });
      }),
  };
}

/** Connections that only stand there take no place from those that were let in. */
function admit(connection: Socket, strangers: Set<Socket>): void {
  strangers.add(connection);
  connection.once('close', () => strangers.delete(connection));
  if (strangers.size <= strangersLimit) return;
  const [oldest] = strangers;
  oldest?.destroy();
}
