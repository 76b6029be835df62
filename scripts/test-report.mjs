// Sums what the test runners report, so that the last line of a test run is one that a program can read.

/**
 * @typedef {object} Sum
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/** @type {Sum} */
const nothing = { passed: 0, failed: 0, skipped: 0 };

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
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * The sum of Playwright's JSON report. A test that passed when it was run again (in CI alone, playwright.config.ts) passed.
 * @param {any} report
 * @returns {Sum}
 */
export function sumPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected + flaky, failed: unexpected, skipped };
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
  if (sum.failed === 0 && (exitCode !== 0 || ranNothing)) return { ...sum, failed: 1 };
  return sum;
}

/**
 * @param {readonly Sum[]} sums
 * @returns {Sum}
 */
export function total(sums) {
  return sums.reduce(
    (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }),
    nothing,
  );
}

/** @param {Sum} sum */
export function sentence({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
