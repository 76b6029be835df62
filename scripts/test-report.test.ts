// The sum of test runs: nothing that went wrong may come out green.
import { describe, expect, it } from 'vitest';
import { sentence, sumPlaywright, sumSuite, sumVitest, total } from './test-report.mjs';

const vitest = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0, testResults: [] };

describe('a suite', () => {
  it('is summed from the report of either runner', () => {
    expect(sumVitest(vitest)).toMatchObject({ passed: 3, failed: 1, skipped: 2 });
    expect(sumPlaywright({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 0 } })).toMatchObject({
      passed: 6,
      failed: 1,
      skipped: 0,
    });
  });

  it('counts a file that failed before its first test', () => {
    const broken = {
      ...vitest,
      numFailedTests: 0,
      testResults: [{ name: 'a.test.ts', status: 'failed', assertionResults: [] }],
    };
    expect(sumVitest(broken).failed).toBe(1);
  });

  it('names each failed test with what it said, without the colours of a terminal', () => {
    const file = {
      name: 'a.test.ts',
      status: 'failed',
      assertionResults: [
        { status: 'passed', fullName: 'adds', failureMessages: [] },
        { status: 'passed', fullName: 'divides', failureMessages: ['timed out'] },
        {
          status: 'failed',
          fullName: 'subtracts',
          failureMessages: ['\u001b[31mexpected 1 to be 2\u001b[39m'],
        },
      ],
    };
    const { failures, secondRuns } = sumVitest({ ...vitest, testResults: [file] });
    expect(failures).toEqual(['a.test.ts › subtracts\n  expected 1 to be 2']);
    expect(secondRuns).toEqual(['a.test.ts › divides\n  timed out']);
    const torn = { name: 'b.test.ts', status: 'failed', assertionResults: [], message: 'no such module' };
    expect(sumVitest({ ...vitest, testResults: [torn] }).failures).toEqual(['b.test.ts\n  no such module']);
    const spec = (title: string, status: string) => ({
      title,
      file: 'live.spec.ts',
      line: 7,
      tests: [{ projectName: 'headless', status, results: [{ error: { message: 'timed out' } }] }],
    });
    const report = {
      stats: { expected: 1, unexpected: 1, flaky: 0, skipped: 0 },
      suites: [
        {
          specs: [spec('moves', 'expected'), spec('opens', 'flaky')],
          suites: [{ specs: [spec('stalls', 'unexpected')] }],
        },
      ],
    };
    expect(sumPlaywright(report)).toMatchObject({
      failures: ['[headless] live.spec.ts:7 › stalls\n  timed out'],
      secondRuns: ['[headless] live.spec.ts:7 › opens\n  timed out'],
    });
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
      { passed: 3, failed: 0, skipped: 1, failures: [], secondRuns: ['c'] },
      { passed: 4, failed: 2, skipped: 0, failures: ['a', 'b'], secondRuns: [] },
    ]);
    expect(sum).toMatchObject({ failures: ['a', 'b'], secondRuns: ['c'] });
    expect(sentence(sum)).toBe('7 passed, 2 failed, 1 skipped');
  });
});
