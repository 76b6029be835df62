// What a door answers when it does not serve: a coded error for programs, a plain page for people.

import { type ErrorCode, errorCodes } from '../contract/errors.ts';

interface RefusalOptions {
  /** Instead of the code's own. */
  readonly status?: number;
  readonly hint?: string | undefined;
  readonly field?: string | undefined;
  /** For a call of the contract: in the envelope oRPC's clients read. */
  readonly asCall?: boolean;
}

/** A refusal as JSON: `{code, message, hint?, field?}`. */
export function codedRefusal(code: ErrorCode, message: string, options: RefusalOptions = {}): Response {
  const { status = errorCodes[code].status, hint, field, asCall = false } = options;
  if (!asCall) return Response.json({ code, message, hint, field }, { status });
  return Response.json({ json: { defined: true, code, status, message, data: { hint, field } } }, { status });
}

/** The same for somebody who looks at it in a browser. */
export function plainRefusal(status: number, message: string): Response {
  return new Response(`${message}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}

export function methodRefusal(allowed: string, options: Pick<RefusalOptions, 'asCall'> = {}): Response {
  const message = 'This address is not used that way.';
  const response = codedRefusal('INVALID_INPUT', message, { ...options, status: 405 });
  response.headers.set('allow', allowed);
  return response;
}

/** True for a page load, as against a program's request. */
export function wantsPage(request: Request): boolean {
  return request.method === 'GET' && (request.headers.get('accept') ?? '').includes('text/html');
}
