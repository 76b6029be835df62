// Where `protocol.handle` answers in the stand-in: a loopback server whose address takes the place of `lookout://station`.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';

export type Handler = (request: Request) => Response | Promise<Response>;

/** Serves one custom scheme; `host` is the host the scheme's addresses have. */
export class LoopbackOrigin {
  readonly #custom: string;
  readonly #server: Server;
  #loopback = '';

  constructor(scheme: string, host: string, handler: Handler) {
    this.#custom = `${scheme}://${host}`;
    const listener = getRequestListener((request) => handler(this.#translate(request)), {
      overrideGlobalObjects: false,
    });
    this.#server = createServer((request, response) => void listener(request, response));
  }

  /** Takes a free port, once. */
  async listen(): Promise<void> {
    if (this.#server.listening) return;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    this.#loopback = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  isOurs(loopbackAddress: string): boolean {
    return loopbackAddress.startsWith(`${this.#loopback}/`);
  }

  /** The loopback address of a custom one; others stay as they are. */
  toLoopback(address: string): string {
    return address.startsWith(`${this.#custom}/`)
      ? this.#loopback + address.slice(this.#custom.length)
      : address;
  }

  /** The custom address of a loopback one; others stay as they are. */
  toCustom(address: string): string {
    return address.startsWith(`${this.#loopback}/`)
      ? this.#custom + address.slice(this.#loopback.length)
      : address;
  }

  #translate(request: Request): Request {
    const url = new URL(request.url);
    const headers = new Headers(request.headers);
    headers.delete('host');
    const from = headers.get('origin');
    if (from !== null) headers.set('origin', from === this.#loopback ? this.#custom : from);
    return new Request(this.#custom + url.pathname + url.search, {
      method: request.method,
      headers,
      body: request.body,
      signal: request.signal,
      ...(request.body === null ? {} : { duplex: 'half' }),
    } as RequestInit);
  }
}
