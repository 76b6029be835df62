// A window's message as oRPC's message-port protocol writes it (@orpc/standard-server-peer): a call, or that one is given up.
// Read here, because oRPC reads it where nobody hears a failure: in the main process that would end the program.

import * as z from 'zod';

/** Larger than any call of the contract; a longer message is dropped. */
const messageLimit = 4 * 1024 * 1024;
const idLimit = 100;

const Call = z.object({
  i: z.string().max(idLimit),
  t: z.literal(1).optional(),
  p: z.object({
    /** Where the call is found: a path. */
    u: z
      .string()
      .startsWith('/')
      .refine((path) => URL.canParse(`http://orpc${path}`)),
    h: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
    m: z.string().optional(),
    b: z.unknown().optional(),
  }),
});
const GivenUp = z.object({ i: z.string().max(idLimit), t: z.literal(4) });
const Message = z.union([Call, GivenUp]);
export type CallMessage = z.infer<typeof Message>;

/** Undefined for what is none. Files, and streams into a call, are none: the contract has neither. */
export function readCallMessage(data: unknown): CallMessage | undefined {
  if (typeof data !== 'string' || data.length > messageLimit) return undefined;
  try {
    return Message.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}
