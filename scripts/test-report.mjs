// Sums what the test runners report, so that the last line of a test run is one that a program can read,
// and names what failed just above it, where it is found however long the run was.

import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {object} Sum
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} failures one text per failed test: its file, its name, and what it said
 * @property {string[]} secondRuns the same of tests that passed only when they were run again (in CI alone)
 */

/** @type {Sum} */
const nothing = { passed: 0, failed: 0, skipped: 0, failures: [], secondRuns: [] };

/** What a failed test said is cut to this many lines; the whole of it stands in the runner's own output. */
const failureLines = 12;

/**
 * @param {string} title
 * @param {string | undefined} message
 */
function failure(title, message) {
  const lines = stripVTControlCharacters(message ?? 'no message')
    .split('\n')
    .slice(0, failureLines);
  return [title, ...lines.map((line) => `  ${line}`)].join('\n');
}

/**
 * The sum of Vitest's JSON report. A file that fails before its first test counts as one failed test.
 * @param {any} report
 * @returns {Sum}
 */
export function sumVitest(report) {
  const files = /** @type {any[]} */ (report.testResults ?? []);
  const broken = files.filter(
    (file) => file.status === 'failed' && (file.assertionResults ?? []).length === 0,
  );
  // Vitest keeps what a test said in its earlier runs, also when a later one passed.
  const complaints = (/** @type {string} */ status) =>
    files.flatMap((file) =>
      (file.assertionResults ?? [])
        .filter((/** @type {any} */ test) => test.status === status && test.failureMessages?.length > 0)
        .map((/** @type {any} */ test) =>
          failure(`${relative('', file.name)} › ${test.fullName}`, test.failureMessages.join('\n')),
        ),
    );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [
      ...complaints('failed'),
      ...broken.map((file) => failure(relative('', file.name), file.message)),
    ],
    secondRuns: complaints('passed'),
  };
}

/**
 * The sum of Playwright's JSON report. A test that passed when it was run again passed.
 * @param {any} report
 * @returns {Sum}
 */
export function sumPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  const specs = allSpecs(report.suites ?? []);
  const complaints = (/** @type {string} */ status) =>
    specs.flatMap((spec) =>
      spec.tests
        .filter((/** @type {any} */ test) => test.status === status)
        .map((/** @type {any} */ test) =>
          failure(
            `[${test.projectName}] ${spec.file}:${spec.line} › ${spec.title}`,
            test.results[0]?.error?.message,
          ),
        ),
    );
  return {
    passed: expected + flaky,
    failed: unexpected,
    skipped,
    failures: complaints('unexpected'),
    secondRuns: complaints('flaky'),
  };
}

/**
 * @param {any[]} specSuites Playwright's suites, which lie within each other: a file, then its groups
 * @returns {any[]}
 */
function allSpecs(specSuites) {
  return specSuites.flatMap((suite) => [...(suite.specs ?? []), ...allSpecs(suite.suites ?? [])]);
}

/**
 * What one suite comes to: its report, and never green when its runner was not.
 * @param {string | undefined} text the JSON report; undefined when the runner wrote none
 * @param {number} exitCode of the runner
 * @param {(report: any) => Sum} sumReport
 * @returns {Sum}
 */
export function sumSuite(text, exitCode, sumReport) {
  let sum = nothing;
  try {
    if (text !== undefined) sum = sumReport(JSON.parse(text));
  } catch {
    // A torn report is no report; the exit code below tells the rest.
  }
  const ranNothing = sum.passed + sum.failed + sum.skipped === 0;
  if (sum.failed === 0 && (exitCode !== 0 || ranNothing)) {
    return { ...sum, failed: 1, failures: [`The runner ended with ${exitCode}, and names no failed test.`] };
  }
  return sum;
}

/**
 * @param {readonly Sum[]} sums
 * @returns {Sum}
 */
export function total(sums) {
  return sums.reduce(
    (a, b) => ({
      passed: a.passed + b.passed,
      failed: a.failed + b.failed,
      skipped: a.skipped + b.skipped,
      failures: [...a.failures, ...b.failures],
      secondRuns: [...a.secondRuns, ...b.secondRuns],
    }),
    nothing,
  );
}

/** @param {Sum} sum */
export function sentence({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
