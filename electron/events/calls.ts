// The calls by which a window hears what happens, and what the operator has to know.

import { calls } from '../calls.ts';
import type { AlarmBoard } from './alarm-board.ts';
import type { EventBoard } from './event-board.ts';

export const eventCalls = (board: EventBoard) => ({
  watch: calls.events.watch.handler(({ signal }) => board.watch(signal)),
});

export const alarmCalls = (alarms: AlarmBoard) => ({
  list: calls.alarms.list.handler(() => alarms.list()),
  acknowledge: calls.alarms.acknowledge.handler(({ input }) => alarms.acknowledge(input.alarmId)),
});
