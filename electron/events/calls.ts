// The call by which a window hears what happens.

import { calls } from '../calls.ts';
import type { EventBoard } from './event-board.ts';

export const eventCalls = (board: EventBoard) => ({
  watch: calls.events.watch.handler(({ signal }) => board.watch(signal)),
});
