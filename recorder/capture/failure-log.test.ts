// A camera that fails for ever does not fill the log.

import { expect, it } from 'vitest';
import type { StreamId } from '../model/ids.ts';
import { newId } from '../model/ids.ts';
import { FailureLog } from './failure-log.ts';
import { MadeClock } from './made-clock.ts';

it('writes a line per half minute and counts what it left out', async () => {
  const clock = new MadeClock();
  const lines: unknown[] = [];
  const write = (fields: Readonly<Record<string, unknown>>) => lines.push(fields['unsaid']);
  const failures = new FailureLog(newId<StreamId>(), clock.monotonic, {
    info: write,
    warn: write,
    error: write,
  });
  for (let n = 0; n < 61; n++) {
    failures.report('refused', 'no', 1_000);
    await clock.pass(1_000);
  }
  expect(lines).toEqual([0, 29, 29]);
});
