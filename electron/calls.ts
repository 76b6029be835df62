// The contract made real: who may call, what an error becomes on its way out. Every subject's calls.ts builds on it.

import { ORPCError } from '@orpc/client';
import { type ImplementerInternalWithMiddlewares, implement, ValidationError } from '@orpc/server';
import type { Log } from '../recorder/model/log.ts';
import { type Contract, contract } from './contract/contract.ts';
import { type ErrorCode, type ErrorDetail, errorCodes, LookoutError } from './contract/errors.ts';
import { mayUse } from './contract/roles.ts';
import type { Person } from './contract/shapes.ts';

/** What every call is given by its door. */
export interface CallContext {
  readonly person: Person;
  readonly log: Log;
}

/** Longest field path and message that cross; both may hold text of the caller's own input. */
const wordsLimit = 300;

/** An error of the contract's closed set, as oRPC sends it. */
export function codedError(
  code: ErrorCode,
  message: string,
  detail: ErrorDetail = {},
): ORPCError<string, ErrorDetail> {
  return new ORPCError(code, { status: errorCodes[code].status, message, data: detail, defined: true });
}

/**
 * Turns whatever a call threw into an error of the closed set. What is not expected becomes INTERNAL: its detail goes to
 * the log and stays there.
 */
export function toCodedError(error: unknown, log: Log, call: string): ORPCError<string, unknown> {
  if (error instanceof LookoutError) return codedError(error.code, error.message, error.detail);
  if (error instanceof ORPCError) {
    if (isCoded(error)) return error;
    if (error.cause instanceof ValidationError && error.code === 'BAD_REQUEST')
      return invalidInput(error.cause);
    if (error.status >= 400 && error.status < 500) return unreadable();
    // An output that breaks the contract: what is wrong may be said, the data may not.
    const issues = error.cause instanceof ValidationError ? error.cause.issues : undefined;
    log.error({ call, err: error, issues }, 'a call failed');
  } else {
    log.error({ call, err: error }, 'a call failed');
    if (isLocked(error)) {
      const hint = 'Try again in a moment, or close the program that has the catalog open.';
      return codedError('CATALOG_LOCKED', 'Another program is using the catalog.', { hint });
    }
  }
  return codedError('INTERNAL', 'Something went wrong inside Lookout.', { hint: 'The log says more.' });
}

/** SQLite's words for a file that another process holds (sqlite.org/rescode.html). */
function isLocked(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^SQLITE_(BUSY|LOCKED)/.test(code);
}

function invalidInput(error: ValidationError): ORPCError<string, ErrorDetail> {
  const issue = error.issues[0];
  const field = (issue?.path ?? [])
    .map((step) => String(typeof step === 'object' ? step.key : step))
    .join('.')
    .slice(0, wordsLimit);
  const message = (issue?.message ?? 'The input is not valid.').slice(0, wordsLimit);
  return codedError('INVALID_INPUT', message, field === '' ? {} : { field });
}

/**
 * An interceptor for the doors' handlers. A call codes its errors itself, so what arrives here without a code is a request
 * that never became a call: broken JSON, a body that cannot be decoded.
 */
export async function codedDecoding<Result>(options: { next: () => Promise<Result> }): Promise<Result> {
  try {
    return await options.next();
  } catch (error) {
    throw isCoded(error) ? error : unreadable();
  }
}

function isCoded(error: unknown): error is ORPCError<string, unknown> {
  return error instanceof ORPCError && error.code in errorCodes;
}

const unreadable = () => codedError('INVALID_INPUT', 'The request could not be read.');

const contextual = implement(contract).$context<CallContext>();

/** Runs outside validation, so that broken input and output are coded as well. */
const coded = contextual.middleware(async ({ next, context, path, signal }) => {
  try {
    return await next();
  } catch (error) {
    // Nobody hears the answer any more, and giving up is no failure to log.
    if (signal?.aborted === true) throw codedError('INTERNAL', 'The call was given up.');
    throw toCodedError(error, context.log, path.join('.'));
  }
});

/** The one place where roles are checked; a call that names no role is for nobody below admin. */
const permitted = contextual.middleware(async ({ next, context, procedure }) => {
  const needs = procedure['~orpc'].meta.needs ?? 'admin';
  if (!mayUse(context.person.role, needs)) {
    throw new LookoutError('NOT_ALLOWED', `This needs the role ${needs}.`);
  }
  return next();
});

/** The contract with both checks on every call: `calls.cameras.list.handler(…)`. */
export const calls: ImplementerInternalWithMiddlewares<Contract, CallContext, CallContext> = contextual
  .use(coded)
  .use(permitted);
