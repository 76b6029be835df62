// Who is let in at the loopback door: the right host name, the right origin, a session; nobody else.

import type { Person } from '../contract/shapes.ts';
import type { ReadWhole } from './node-adapter.ts';
import { codedRefusal, plainRefusal, wantsPage } from './refusals.ts';
import { type Sessions, sessionIdleMs } from './sessions.ts';

export interface GuardOptions {
  readonly port: number;
  readonly sessions: Sessions;
  /** Whoever holds a session. */
  readonly person: Person;
}

export interface Admitted {
  readonly person: Person;
  /** For the answer to a page or call: the browser's copy of a session lasts as long as ours, from the last of them on. */
  readonly cookie?: string;
}

export type Admit = (request: Request) => Admitted | Response;

/** Without a signal to ask with (Windows), only a start prints another link. */
const anotherLink =
  process.platform === 'win32' ? 'start it again' : `type “kill -USR2 ${process.pid}” on this computer`;
const howToGetIn = `Open the link Lookout printed when it started. To have it print another one, ${anotherLink}.`;

/**
 * The checks, in this order: the Host header names us (else another site's name could be pointed at 127.0.0.1: DNS
 * rebinding); the request does not come from another origin, other ports of this machine included; a one-time link
 * becomes a session; anything else needs one. All of them look at headers alone: what a stranger sends is not read.
 * Answers with who it is, or with what is sent instead.
 */
export function admission({ port, sessions, person }: GuardOptions): Admit {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  // Cookies do not tell ports apart; two stations on one machine would sign each other out.
  const cookie = `lookout-${port}`;

  return (request) => {
    const host = request.headers.get('host') ?? '';
    if (!hosts.has(host)) return plainRefusal(421, 'This is not the address of Lookout.');
    const url = new URL(request.url);
    const asCall = url.pathname.startsWith('/rpc/');
    const isEntry = request.method === 'GET' && url.pathname === '/';
    if (!isSameOrigin(request, host) && !(isEntry && isNavigation(request))) {
      return codedRefusal('NOT_ALLOWED', 'Another site may not use Lookout.', { asCall });
    }
    const session = cookiesOf(request, cookie).find((token) => sessions.has(token));
    const signedIn = session !== undefined;
    const link = isEntry ? url.searchParams.get('link') : null;
    if (link !== null) return enter(signedIn ? undefined : sessions.redeem(link), signedIn, cookie);
    if (session === undefined) {
      return wantsPage(request)
        ? plainRefusal(401, howToGetIn)
        : codedRefusal('NOT_SIGNED_IN', 'This window is not signed in.', { hint: howToGetIn, asCall });
    }
    return isEntry || asCall ? { person, cookie: kept(cookie, session) } : { person };
  };
}

type Serve = (request: Request, person: Person) => Promise<Response>;

/** Serves whoever is let in; has the body of nobody else's request read. */
export function guarded(
  admit: Admit,
  serve: Serve,
): (head: Request, readWhole?: ReadWhole) => Promise<Response> {
  return async (request, readWhole) => {
    const admitted = admit(request);
    if (admitted instanceof Response) return admitted;
    const whole = readWhole === undefined ? request : await readWhole();
    if (whole instanceof Response) return whole;
    const response = await serve(whole, admitted.person);
    if (admitted.cookie !== undefined) response.headers.append('set-cookie', admitted.cookie);
    return response;
  };
}

/** The link leaves the address line at once; SameSite=Strict keeps the cookie from every other site's requests. */
function enter(sessionToken: string | undefined, signedIn: boolean, cookie: string): Response {
  if (sessionToken === undefined && !signedIn) {
    return plainRefusal(401, `This link was used before, or is too old. ${howToGetIn}`);
  }
  const headers = new Headers({ location: '/' });
  if (sessionToken !== undefined) {
    headers.append('set-cookie', kept(cookie, sessionToken));
  }
  return new Response(null, { status: 303, headers });
}

/** Without an age it would end with the browser, long before the session. */
function kept(cookie: string, sessionToken: string): string {
  return `${cookie}=${sessionToken}; Max-Age=${sessionIdleMs / 1_000}; Path=/; HttpOnly; SameSite=Strict`;
}

/** Browsers name the asking page's origin, and its relation to us (W3C Fetch Metadata); programs send neither. */
function isSameOrigin(request: Request, host: string): boolean {
  const origin = request.headers.get('origin');
  if (origin !== null && origin !== `http://${host}`) return false;
  const relation = request.headers.get('sec-fetch-site');
  return relation === null || relation === 'same-origin' || relation === 'none';
}

function isNavigation(request: Request): boolean {
  return request.headers.get('origin') === null && request.headers.get('sec-fetch-mode') === 'navigate';
}

function cookiesOf(request: Request, name: string): string[] {
  return (request.headers.get('cookie') ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}
