// Every call the shell makes on the stand-in, in order, one JSON line each, so that hardening can be asserted.

import { appendFileSync } from 'node:fs';

const file = process.env['LOOKOUT_STAND_IN_LOG'];

/** One line of the log. `args` holds only what survives JSON; functions are left out. */
export interface LoggedCall {
  readonly call: string;
  readonly args: unknown;
}

/** Notes a call; does nothing when no log was asked for. */
export function note(call: string, args: unknown = null): void {
  if (file === undefined) return;
  appendFileSync(file, `${JSON.stringify({ call, args } satisfies LoggedCall)}\n`);
}
