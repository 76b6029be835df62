// Between node:http and `(Request) => Promise<Response>`: bounded bodies in, streams with back-pressure out.

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Log } from '../../recorder/model/log.ts';
import { codedRefusal } from './refusals.ts';

/** Larger than any call of the contract. */
export const bodyLimitBytes = 1024 * 1024;

/** The whole of a request, its body read; or the answer to one that cannot be taken. */
export type ReadWhole = () => Promise<Request | Response>;

export interface ListenerParts {
  readonly origin: string;
  /** Is given a request as soon as its headers are there, without its body; who is not let in has nothing read. */
  readonly handle: (head: Request, readWhole: ReadWhole) => Promise<Response>;
  /** Somebody was let in on this connection. */
  readonly onLetIn?: (connection: Socket) => void;
  readonly log: Log;
}

/**
 * Answers node's requests with `handle`. Headers leave before the body has anything to say, each chunk leaves as it
 * comes; when the other side is slow the body is not read, when it goes away the body is cancelled and the request's
 * signal aborts. A body that fails cuts the connection: its error stays here.
 */
export function nodeListener(parts: ListenerParts): RequestListener {
  return (incoming, outgoing) => {
    answer(parts, incoming, outgoing).catch((error: unknown) => {
      if (!isGoneAway(error)) parts.log.warn({ err: error }, 'an answer was not delivered');
      outgoing.destroy();
    });
  };
}

async function answer(
  { origin, handle, onLetIn }: ListenerParts,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  const head = readHead(origin, incoming, gone.signal);
  const response =
    head instanceof Response
      ? head
      : await handle(head, () => {
          onLetIn?.(incoming.socket);
          return withBody(head, incoming);
        });
  if (outgoing.destroyed) {
    await response.body?.cancel();
    return;
  }
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies);
  for (const [name, value] of response.headers) if (name !== 'set-cookie') outgoing.setHeader(name, value);
  // A body that was not read to its end would be taken for the next request.
  if (!incoming.complete) outgoing.setHeader('connection', 'close');
  outgoing.writeHead(response.status);
  if (response.body === null || incoming.method === 'HEAD') {
    await response.body?.cancel();
    outgoing.end();
    return;
  }
  outgoing.flushHeaders();
  await pipeline(Readable.fromWeb(response.body), outgoing);
}

/** The request without its body, or the answer to one that cannot be taken. */
export function readHead(origin: string, incoming: IncomingMessage, signal: AbortSignal): Request | Response {
  const path = incoming.url ?? '';
  // Also refuses the proxy form of a request line (RFC 9112, absolute-form).
  if (!path.startsWith('/') || !URL.canParse(origin + path)) {
    return codedRefusal('INVALID_INPUT', 'The address cannot be read.');
  }
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  try {
    return new Request(origin + path, { method: incoming.method ?? 'GET', headers, signal });
  } catch {
    return codedRefusal('INVALID_INPUT', 'This method is not served.', { status: 405 });
  }
}

async function withBody(head: Request, incoming: IncomingMessage): Promise<Request | Response> {
  if (head.method === 'GET' || head.method === 'HEAD') return head;
  const body = await readBody(incoming);
  if (body === undefined) {
    const asCall = new URL(head.url).pathname.startsWith('/rpc/');
    return codedRefusal('INVALID_INPUT', 'The request is too large.', { status: 413, asCall });
  }
  return new Request(head, { method: head.method, body });
}

/** The whole body; undefined when it is longer than `bodyLimitBytes`. */
async function readBody(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (Number(incoming.headers['content-length'] ?? 0) > bodyLimitBytes) return undefined;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    incoming.on('data', (chunk: Uint8Array) => {
      bytes += chunk.length;
      if (bytes <= bodyLimitBytes) {
        chunks.push(chunk);
        return;
      }
      incoming.pause();
      resolve(undefined);
    });
    incoming.once('end', () => resolve(Uint8Array.from(Buffer.concat(chunks))));
    incoming.once('error', reject);
    incoming.once('close', () => reject(new Error('the request was cut off')));
  });
}

/** The other side closed its window or connection: nobody's fault. */
function isGoneAway(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'EPIPE';
}
