// `npm test` and its parts: set-up, then the suites one after the other, then one line with their sum.
// `test.mjs [unit|integration|e2e|faults] [--long] [arguments of the runner]`
import { mkdirSync, rmSync } from 'node:fs';
import { buildIfOld } from './build-if-old.mjs';
import { at, conclude, node, ownEnvironment, readIfThere, run, say } from './machine.mjs';
import { setUp } from './setup.mjs';
import { sentence, sumPlaywright, sumSuite, sumVitest, total } from './test-report.mjs';

/** The whole of `npm test` ends within this. It takes under ten minutes on two quiet cores; on busy ones it may take longer. */
const wholeLimitMs = 30 * 60_000;
/** One suite started by itself; the long faults run by hand, for as long as they take. */
const suiteLimitMs = 30 * 60_000;

const suites = /** @type {const} */ (['unit', 'integration', 'e2e', 'faults']);
/** `npm test`. The faults take seven minutes by themselves: `npm run test:faults` (docs/testing-faults.md). */
const ordinary = suites.filter((suite) => suite !== 'faults');
/** In `npm test` the thorough projects of playwright.config.ts are left out: they take longer than all the rest. */
const ordinaryProjects = ['--project=headless', '--project=desktop'];
/** @typedef {typeof suites[number]} Suite */

/**
 * @param {Suite} suite
 * @param {{deadlineMs: number | undefined, long: boolean, thorough: boolean, more: string[]}} options
 */
async function runSuite(suite, { deadlineMs, long, thorough, more }) {
  const report = at('test-results', `${suite}.json`);
  rmSync(report, { force: true });
  say(`\n── ${suite} ──`);
  const runner =
    suite === 'e2e'
      ? [at('node_modules/@playwright/test/cli.js'), 'test', ...(thorough ? [] : ordinaryProjects)]
      : [at('node_modules/vitest/vitest.mjs'), 'run', '--project', suite, ...vitestReports(report)];
  const env = ownEnvironment({ LOOKOUT_FAULTS: long ? 'long' : 'short' });
  const { code, timedOut } = await run(node, [...runner, ...more], { env, deadlineMs });
  if (timedOut) say(`The suite ${suite} was ended: it ran past its limit of time.`);
  const sum = sumSuite(readIfThere(report), code, suite === 'e2e' ? sumPlaywright : sumVitest);
  return { sum, interrupted: code === 130 || code === 143 };
}

/** @param {string} file */
function vitestReports(file) {
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
}

await conclude(async () => {
  const startedMs = performance.now();
  const [first, ...rest] = process.argv.slice(2);
  const one = suites.find((suite) => suite === first);
  const long = process.argv.includes('--long');
  const more = (one === undefined ? [] : rest).filter((arg) => arg !== '--long');
  const chosen = one === undefined ? ordinary : [one];

  // Unit tests meet no peer, so that they run before anything is installed but the packages.
  await setUp(one === 'unit' ? 'packages' : 'test');
  // Says which peers the tests will meet; set-up has installed those that it can.
  if (one !== 'unit') await run(node, [at('tests/peers/available.ts')]);
  if (chosen.includes('e2e')) await buildIfOld('desktop');
  mkdirSync(at('test-results'), { recursive: true });

  const sums = [];
  for (const suite of chosen) {
    const leftMs = wholeLimitMs - (performance.now() - startedMs);
    const deadlineMs = one === undefined ? leftMs : long ? undefined : suiteLimitMs;
    const { sum, interrupted } = await runSuite(suite, {
      deadlineMs,
      long,
      thorough: one !== undefined,
      more,
    });
    sums.push(sum);
    if (interrupted) break;
  }
  const sum = total(sums);
  for (const again of sum.secondRuns) say(`\nPassed when run again: ${again}`);
  for (const failure of sum.failures) say(`\n✗ ${failure}`);
  say(`\n${sentence(sum)}`);
  return sum.failed === 0 ? 0 : 1;
});
