// The one handler of every address the station serves, for both shells: interface, calls, live, footage.

import { RPCHandler } from '@orpc/server/fetch';
import type { Log } from '../../recorder/model/log.ts';
import { type CallContext, codedDecoding } from '../calls.ts';
import { LookoutError } from '../contract/errors.ts';
import type { Person } from '../contract/shapes.ts';
import type { LiveWindows } from '../live/windows.ts';
import type { Thumbnails } from '../motion/thumbnails.ts';
import type { PlaybackRequests } from '../playback/requests.ts';
import type { StationRouter } from '../router.ts';
import type { InterfaceFiles } from './interface-files.ts';
import { codedRefusal, methodRefusal } from './refusals.ts';

export interface RequestParts {
  readonly router: StationRouter;
  readonly context: (person: Person) => CallContext;
  readonly live: LiveWindows;
  readonly playback: PlaybackRequests;
  readonly thumbnails: Thumbnails;
  readonly files: InterfaceFiles;
  readonly log: Log;
}

/** hls.js and MSE need blob:; React Aria puts a style element into the page. Nothing else of the defaults is opened. */
const contentPolicy = [
  "default-src 'self'",
  "connect-src 'self'",
  "media-src 'self' blob:",
  "img-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Puts on what every answer of ours carries; what is not said to be kept is not kept. */
export function withSecurityHeaders(response: Response): Response {
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
  return response;
}

/** Never rejects: what is not expected is logged and answered with INTERNAL. */
export function requestHandler(parts: RequestParts): (request: Request, person: Person) => Promise<Response> {
  const rpc = new RPCHandler(parts.router, { interceptors: [codedDecoding] });
  return async (request, person) => {
    try {
      return withSecurityHeaders(await route(parts, rpc, request, person));
    } catch (error) {
      if (error instanceof LookoutError) {
        return withSecurityHeaders(codedRefusal(error.code, error.message, error.detail));
      }
      const { pathname } = new URL(request.url);
      parts.log.error({ err: error, pathname }, 'a request failed');
      const asCall = pathname.startsWith('/rpc/');
      return withSecurityHeaders(
        codedRefusal('INTERNAL', 'Something went wrong inside Lookout.', { asCall }),
      );
    }
  };
}

async function route(
  parts: RequestParts,
  rpc: RPCHandler<CallContext>,
  request: Request,
  person: Person,
): Promise<Response> {
  const [, room = '', ...rest] = new URL(request.url).pathname.split('/');
  if (room === 'rpc') {
    if (request.method !== 'POST') return methodRefusal('POST', { asCall: true });
    const { response } = await rpc.handle(request, { prefix: '/rpc', context: parts.context(person) });
    return response ?? codedRefusal('INVALID_INPUT', 'There is no such call.', { status: 404, asCall: true });
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return methodRefusal('GET, HEAD');
  switch (room) {
    case 'live':
      if (request.method !== 'GET') return methodRefusal('GET');
      return parts.live.connect(rest.join('/'), request);
    case 'playlist':
    case 'footage':
    case 'init':
      return (
        (await parts.playback.handle(request)) ??
        codedRefusal('FOOTAGE_NOT_FOUND', 'There is no footage at this address.')
      );
    case 'thumbnail':
      return parts.thumbnails.answer(request);
    default:
      return parts.files.answer(request);
  }
}
