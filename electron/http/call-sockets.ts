// Calls over a WebSocket, for those that stay open: a browser has six HTTP connections to one host for all of its windows
// together (Chromium's sockets per group), and a call that listens would hold one of them for good.

import { RPCHandler } from '@orpc/server/ws';
import type { WebSocket } from 'ws';
import { type CallContext, codedDecoding } from '../calls.ts';
import type { Person } from '../contract/shapes.ts';
import type { StationRouter } from '../router.ts';

/** RFC 6455, 7.4.1: the other end is going away. */
const goingAway = 1001;

export class CallSockets {
  readonly #rpc: RPCHandler<CallContext>;
  readonly #context: (person: Person) => CallContext;
  readonly #open = new Set<WebSocket>();
  #closed = false;

  constructor(router: StationRouter, context: (person: Person) => CallContext) {
    this.#rpc = new RPCHandler(router, { interceptors: [codedDecoding] });
    this.#context = context;
  }

  /** Answers the calls that come over the socket, as this person's, until it closes. */
  talk(socket: WebSocket, person: Person): void {
    if (this.#closed) {
      socket.close(goingAway);
      return;
    }
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    // What is no message, or too long, closes the socket: nothing else is to be done.
    socket.on('error', () => undefined);
    // Waits until a message has left, so that events for a window that does not read wait in its queue, where they are bounded.
    const send = (data: string | ArrayBufferLike | Uint8Array): unknown =>
      new Promise<void>((sent) => socket.send(data, () => sent()));
    const addEventListener = socket.addEventListener.bind(socket);
    void this.#rpc.upgrade({ send, addEventListener }, { context: this.#context(person) });
  }

  /** No call is answered any more. */
  close(): void {
    this.#closed = true;
    for (const socket of this.#open) socket.close(goingAway);
  }
}
