// The way of calls that stay open in a browser: each over a WebSocket of its own, which closes with it. Over HTTP they would
// take the few connections that a browser gives to all windows of one station.

import type { ClientContext, ClientLink } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { callSocketPath } from '../../electron/contract/call-socket.ts';

/**
 * Carries what answers with a sequence of events. `whyNot` is asked when there is no socket, which itself does not tell: it
 * throws what the station refuses everybody in this window.
 */
export class SocketLink implements ClientLink<ClientContext> {
  readonly #address: URL;
  readonly #whyNot: () => Promise<unknown>;

  constructor(page: string, whyNot: () => Promise<unknown>) {
    this.#address = new URL(callSocketPath, page);
    this.#address.protocol = 'ws';
    this.#whyNot = whyNot;
  }

  async call(...[path, input, options]: Parameters<ClientLink<ClientContext>['call']>): Promise<unknown> {
    const websocket = new WebSocket(this.#address);
    let wasOpen = false;
    websocket.addEventListener('open', () => {
      wasOpen = true;
    });
    try {
      const events = await new RPCLink({ websocket }).call(path, input, options);
      return closing(websocket, events as AsyncIterable<unknown>);
    } catch (error) {
      websocket.close();
      if (!wasOpen && options.signal?.aborted !== true) await this.#whyNot();
      throw error;
    }
  }
}

async function* closing(websocket: WebSocket, events: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  try {
    yield* events;
  } finally {
    websocket.close();
  }
}
