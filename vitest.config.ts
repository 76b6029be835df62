// Unit tests beside the code, integration tests with real peers, and the fault suite: one project each.
import { defineConfig } from 'vitest/config';

const everywhere = '{recorder,electron,renderer,scripts,bench,tests}/**';
const faults = 'tests/faults/**/*.test.ts';
const integration = `${everywhere}/*.integration.test.ts`;

/** Real processes on a machine that others use too may be held up for seconds: one held-up run is no fault of ours, two are. */
const retry = process.env['CI'] === undefined ? 0 : 2;

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
        },
      },
    ],
  },
});
