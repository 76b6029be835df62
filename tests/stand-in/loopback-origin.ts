// Where `protocol.handle` answers in the stand-in: a loopback server whose address takes the place of `lookout://station`.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nodeListener, type ReadWhole } from '../../electron/http/node-adapter.ts';
import { note } from './call-log.ts';

export type Handler = (request: Request) => Response | Promise<Response>;

const complain = (_fields: object, message: string) => note('complaint', message);
const log = { info: complain, warn: complain, error: complain };

/** Serves one custom scheme; `host` is the host the scheme's addresses have. */
export class LoopbackOrigin {
  /** Scheme and host, without a slash at the end. */
  readonly custom: string;
  readonly #server: Server;
  #loopback = '';

  constructor(scheme: string, host: string, handler: Handler) {
    this.custom = `${scheme}://${host}`;
    const handle = async (_head: Request, readWhole: ReadWhole) => {
      const request = await readWhole();
      return request instanceof Response ? request : handler(request);
    };
    this.#server = createServer(nodeListener({ origin: this.custom, handle, log }));
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

  /** Addresses of our own server, and those that lead nowhere (`about:`, `blob:`, `data:`). */
  isOurs(loopbackAddress: string): boolean {
    return (
      !/^(https?|wss?|file|ftp):/i.test(loopbackAddress) || loopbackAddress.startsWith(`${this.#loopback}/`)
    );
  }

  /** The loopback address of a custom one; others stay as they are. */
  toLoopback(address: string): string {
    return address.startsWith(`${this.custom}/`)
      ? this.#loopback + address.slice(this.custom.length)
      : address;
  }

  /** The custom address of a loopback one; others stay as they are. */
  toCustom(address: string): string {
    return address.startsWith(`${this.#loopback}/`)
      ? this.custom + address.slice(this.#loopback.length)
      : address;
  }
}
