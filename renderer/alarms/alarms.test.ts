// Alarms in the window: order, and an event that overtakes an answer.
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import type { Alarm } from '../../electron/contract/alarms.ts';
import { type AlarmId, newId } from '../../recorder/model/ids.ts';
import { makeGlobals } from '../made-browser.ts';

makeGlobals({ window: { location: { href: 'http://127.0.0.1/' } } });
const { byGravity, keepAlarmsTrue } = await import('./alarms.ts');
const { api } = await import('../station/client.ts');

const alarm = (kind: Alarm['kind'], raisedMs: number): Alarm => ({
  id: newId<AlarmId>(),
  kind,
  message: kind,
  raisedMs,
  acknowledge: false,
});

it('puts what stops recording first, then the newest', () => {
  const alarms = [alarm('footage-damaged', 5), alarm('no-volume', 1), alarm('volume-missing', 9)];
  expect(byGravity(alarms).map(({ kind }) => kind)).toEqual([
    'no-volume',
    'volume-missing',
    'footage-damaged',
  ]);
});

it('does not let an older answer bring an alarm back that ended', async () => {
  const queries = new QueryClient();
  const answers: ((alarms: Alarm[]) => void)[] = [];
  const stop = new QueryObserver(queries, {
    queryKey: api.alarms.list.queryKey(),
    queryFn: () => new Promise<Alarm[]>((resolve) => answers.push(resolve)),
  }).subscribe(() => {});
  await expect.poll(() => answers.length).toBe(1);
  keepAlarmsTrue(queries, { kind: 'alarms', alarms: [] });
  await expect.poll(() => answers.length).toBe(2);
  answers[0]?.([alarm('volume-missing', 1)]);
  answers[1]?.([]);
  await expect.poll(() => queries.isFetching()).toBe(0);
  expect(queries.getQueryData(api.alarms.list.queryKey())).toEqual([]);
  stop();
});
