// The loopback door: the station's one handler on 127.0.0.1, for whoever was given a one-time link.

import { createServer, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clocks } from '../../recorder/model/clock.ts';
import type { Log } from '../../recorder/model/log.ts';
import { callSocketPath } from '../contract/call-socket.ts';
import type { Person } from '../contract/shapes.ts';
import { type Admit, type Admitted, admission, guarded } from './guard.ts';
import { bodyLimitBytes, nodeListener, readHead } from './node-adapter.ts';
import { codedRefusal } from './refusals.ts';
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
  /** Answers the calls that come over a socket. */
  readonly talk: (socket: WebSocket, person: Person) => void;
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
  const strangers = new Set<Duplex>();
  server.on('connection', (connection) => count(connection, strangers));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, address, () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://${address}:${port}`;
  const admit = admission({ port, sessions, person: options.person });
  const guard = guarded(admit, options.serve);
  const letIn = (connection: Duplex) => strangers.delete(connection);
  const listener = nodeListener({
    origin,
    handle: async (head, readWhole) => withSecurityHeaders(await guard(head, readWhole)),
    onLetIn: letIn,
    log: options.log,
  });
  server.on('request', listener);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: bodyLimitBytes,
    perMessageDeflate: false,
  });
  server.on('upgrade', (incoming, connection, rest) => {
    // A stranger who goes away meanwhile is nobody's fault.
    connection.on('error', () => undefined);
    const admitted = admitToSocket(readHead(origin, incoming, new AbortController().signal), admit);
    if (admitted instanceof Response) {
      refuse(connection, admitted.status);
      return;
    }
    letIn(connection);
    sockets.handleUpgrade(incoming, connection, rest, (socket) => options.talk(socket, admitted.person));
  });
  return {
    port,
    newLink: () => `${origin}/?link=${sessions.issueLink()}`,
    close: () =>
      new Promise((resolve) => {
        const cancel = options.clocks.timers.after(endingLimitMs, () => {
          server.closeAllConnections();
          for (const socket of sockets.clients) socket.terminate();
        });
        server.close(() => {
          cancel();
          resolve();
        });
      }),
  };
}

/** Connections that only stand there take no place from those that were let in. */
function count(connection: Socket, strangers: Set<Duplex>): void {
  strangers.add(connection);
  connection.once('close', () => strangers.delete(connection));
  if (strangers.size <= strangersLimit) return;
  const [oldest] = strangers;
  oldest?.destroy();
}

/** Who may have their calls answered over a socket: whoever is let in at all, at its one address. */
function admitToSocket(head: Request | Response, admit: Admit): Admitted | Response {
  if (head instanceof Response) return head;
  const admitted = admit(head);
  if (admitted instanceof Response || new URL(head.url).pathname === callSocketPath) return admitted;
  return codedRefusal('INVALID_INPUT', 'This address is not used that way.', { status: 405 });
}

function refuse(connection: Duplex, status: number): void {
  connection.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
