// Between node:http and `(Request) => Promise<Response>`: bounded bodies in, streams with back-pressure out.

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Log } from '../../recorder/model/log.ts';
import { codedRefusal } from './refusals.ts';

/** Larger than any call of the contract. */
export const bodyLimitBytes = 1024 * 1024;

/**
 * Answers node's requests with `handle`. Headers leave before the body has anything to say, each chunk leaves as it
 * comes; when the other side is slow the body is not read, when it goes away the body is cancelled and the request's
 * signal aborts. A body that fails cuts the connection: its error stays here.
 */
export function nodeListener(
  origin: string,
  handle: (request: Request) => Promise<Response>,
  log: Log,
): RequestListener {
  return (incoming, outgoing) => {
    answer(origin, handle, incoming, outgoing).catch((error: unknown) => {
      if (!isGoneAway(error)) log.warn({ err: error }, 'an answer was not delivered');
      outgoing.destroy();
    });
  };
}

async function answer(
  origin: string,
  handle: (request: Request) => Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  const request = await readRequest(origin, incoming, gone.signal);
  const response = request instanceof Response ? request : await handle(request);
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

/** The request, or the answer to one that cannot be taken. */
async function readRequest(
  origin: string,
  incoming: IncomingMessage,
  signal: AbortSignal,
): Promise<Request | Response> {
  const path = incoming.url ?? '';
  // Also refuses the proxy form of a request line (RFC 9112, absolute-form).
  if (!path.startsWith('/') || !URL.canParse(origin + path)) {
    return codedRefusal('INVALID_INPUT', 'The address cannot be read.');
  }
  const method = incoming.method ?? 'GET';
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  if (method === 'GET' || method === 'HEAD') return new Request(origin + path, { method, headers, signal });
  const body = await readBody(incoming);
  if (body === undefined) return codedRefusal('INVALID_INPUT', 'The request is too large.', { status: 413 });
  try {
    return new Request(origin + path, { method, headers, body, signal });
  } catch {
    return codedRefusal('INVALID_INPUT', 'This method is not served.', { status: 405 });
  }
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
