// The sum of test runs: nothing that went wrong may come out green.
import { describe, expect, it } from 'vitest';
import { sentence, sumPlaywright, sumSuite, sumVitest, total } from './test-report.mjs';

const vitest = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0, testResults: [] };

describe('a suite', () => {
  it('is summed from the report of either runner', () => {
    expect(sumVitest(vitest)).toEqual({ passed: 3, failed: 1, skipped: 2 });
    expect(sumPlaywright({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 0 } })).toEqual({
      passed: 6,
      failed: 1,
      skipped: 0,
    });
  });

  it('counts a file that failed before its first test', () => {
    const broken = {
      ...vitest,
      numFailedTests: 0,
      testResults: [{ status: 'failed', assertionResults: [] }],
    };
    expect(sumVitest(broken).failed).toBe(1);
  });

  it.each([
    ['the runner failed with every test passed', JSON.stringify({ ...vitest, numFailedTests: 0 }), 1],
    ['there is no report', undefined, 0],
    ['the report is torn', '{"numPassed', 0],
    [
      'no test ran',
      JSON.stringify({ ...vitest, numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 }),
      0,
    ],
  ])('is not green when %s', (_, text, exitCode) => {
    expect(sumSuite(text, exitCode, sumVitest).failed).toBe(1);
  });
});

describe('the last line', () => {
  it('sums all suites in words', () => {
    const sum = total([
      { passed: 3, failed: 0, skipped: 1 },
      { passed: 4, failed: 2, skipped: 0 },
    ]);
    expect(sentence(sum)).toBe('7 passed, 2 failed, 1 skipped');
  });
});
