// Who is signed in. Until there are accounts it is whoever sits at this machine.

import type { Person } from '../contract/shapes.ts';

/** The person in front of the station's own screen, or holding its one-time link. */
export const localAdmin: Person = { name: 'This desk', role: 'admin' };
