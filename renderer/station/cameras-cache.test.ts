// Answers and events of the station overtake each other: the newer one wins, whichever comes first.
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { beforeEach, expect, it } from 'vitest';
import type { StationEvent } from '../../electron/contract/events.ts';
import type { Camera } from '../../electron/contract/shapes.ts';
import { newId } from '../../recorder/model/ids.ts';
import { CamerasKeeper } from './cameras-cache.ts';

const connecting: Camera = {
  id: newId(),
  name: 'Gate',
  recording: true,
  mode: { kind: 'continuous', week: [], preRollMs: 0, postRollMs: 0 },
  createdMs: 1,
  retention: {},
  streamId: newId(),
  source: { kind: 'test-pattern' },
  state: { kind: 'connecting', sinceMs: 1 },
};
const running = { kind: 'running', sinceMs: 2, recording: true } as const;
const isRunning: StationEvent = { kind: 'stream-state', streamId: connecting.streamId, state: running };
const queryKey = ['cameras'];

let queries: QueryClient;
let keeper: CamerasKeeper;
let answers: ((cameras: Camera[]) => void)[];
beforeEach(() => {
  queries = new QueryClient();
  keeper = new CamerasKeeper(queries, queryKey);
  answers = [];
});

/** A screen that shows the list: it asks the station at once, and each question waits in `answers`. */
const show = () =>
  new QueryObserver<Camera[]>(queries, {
    queryKey,
    queryFn: () => new Promise((resolve) => answers.push(resolve)),
  }).subscribe(() => undefined);
const states = () => queries.getQueryData<Camera[]>(queryKey)?.map(({ state }) => state);

it('puts an event into the list', () => {
  queries.setQueryData(queryKey, [connecting]);
  keeper.tell(isRunning);
  expect(states()).toEqual([running]);
});

it.each([
  ['that is being asked for anew', [connecting]],
  ['that is being asked for the first time', undefined],
])('does not let an older answer undo an event about a list %s', async (_, known) => {
  if (known !== undefined) queries.setQueryData(queryKey, known);
  const hide = show();
  await expect.poll(() => answers.length).toBe(1);
  keeper.tell(isRunning);
  answers[0]?.([connecting]);
  await expect.poll(states).toEqual([running]);
  await expect.poll(() => queries.isFetching()).toBe(0);
  expect(states()).toEqual([running]);
  hide();
});

it('asks once, however many cameras change while the answer is on its way', async () => {
  const hide = show();
  await expect.poll(() => answers.length).toBe(1);
  for (let change = 0; change < 500; change += 1) keeper.tell(isRunning);
  answers[0]?.([connecting]);
  await expect.poll(states).toEqual([running]);
  expect(queries.isFetching()).toBe(0);
  expect(answers).toHaveLength(1);
  hide();
});

it('forgets what it put into one answer before the next', async () => {
  const hide = show();
  await expect.poll(() => answers.length).toBe(1);
  keeper.tell(isRunning);
  answers[0]?.([connecting]);
  await expect.poll(states).toEqual([running]);
  void queries.invalidateQueries({ queryKey });
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.([connecting]);
  await expect.poll(states).toEqual([connecting.state]);
  hide();
});

it('leaves the list alone when the event is about something else', () => {
  queries.setQueryData(queryKey, [connecting]);
  const before = queries.getQueryData(queryKey);
  keeper.tell({ kind: 'footage', streamId: connecting.streamId, newestMs: 5 });
  expect(queries.getQueryData(queryKey)).toBe(before);
});
