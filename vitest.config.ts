// Unit tests beside the code, integration tests with real peers, and the fault suite: one project each.
import { defineConfig } from 'vitest/config';

const everywhere = '{recorder,electron,renderer,scripts,bench,tests}/**';
const faults = 'tests/faults/**/*.test.ts';
const integration = `${everywhere}/*.integration.test.ts`;

/**
 * Real processes, and real files, on a machine that others use too may be held up for seconds: one held-up run is no fault
 * of ours, two are. What only passed when it was run again is named at the end of the run (scripts/test-report.mjs).
 */
const retry = process.env['CI'] === undefined ? 0 : 2;
/** Vitest's own limit is a second: a disk that is being flushed makes a durable write wait for longer. */
const pollLimitMs = 15_000;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [`${everywhere}/*.test.{ts,tsx}`],
          exclude: [integration, faults],
          environment: 'node',
          // Generous, because a busy machine is slow; nothing in a unit test waits for time to pass.
          testTimeout: 30_000,
          retry,
          expect: { poll: { timeout: pollLimitMs } },
        },
      },
      {
        test: {
          name: 'integration',
          include: [integration],
          exclude: [faults],
          environment: 'node',
          // Mostly they wait for real cameras. Two side by side halve that wait; more would only measure each other.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          retry,
          expect: { poll: { timeout: pollLimitMs } },
        },
      },
      {
        test: {
          name: 'faults',
          include: [faults],
          environment: 'node',
          fileParallelism: false,
          // The long form repeats each fault hundreds of times.
          testTimeout: process.env['LOOKOUT_FAULTS'] === 'long' ? 3_600_000 : 120_000,
          hookTimeout: 120_000,
          retry,
          expect: { poll: { timeout: pollLimitMs } },
        },
      },
    ],
  },
});
