// The calls about who is signed in.

import { calls } from '../calls.ts';

export const sessionCalls = () => ({
  me: calls.session.me.handler(({ context }) => context.person),
});
