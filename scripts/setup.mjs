// Set-up: makes a fresh clone ready to run, and does nothing, quickly, when it is. Runs on the machine's own Node (18 or
// later) without any package. `node scripts/setup.mjs [--for packages|start|desktop|test] [--retry]`
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { downloadRuntime, electronRuntime, staticFfmpeg } from './downloads.mjs';
import {
  ask,
  at,
  conclude,
  isOnPath,
  isRoot,
  isWorkTree,
  node,
  outerEnvironment,
  PlainError,
  readIfThere,
  run,
  say,
} from './machine.mjs';
import {
  hashOf,
  installedPackages,
  isDownloadDue,
  isInstalledAsLocked,
  missingPackages,
  needs,
  packagesFor,
  parseStamp,
  planPackages,
} from './setup-plan.mjs';

/** No answer of the network is waited for longer than this. */
const networkLimitMs = 10_000;
const stampFile = at('node_modules', '.lookout-setup.json');

/**
 * Makes everything ready that a command needs.
 * @param {import('./setup-plan.mjs').Need} need
 * @param {{retry?: boolean}} [options] `retry` tries downloads again that failed before
 * @returns {Promise<import('./setup-plan.mjs').Stamp>}
 * @throws {PlainError} when the command cannot go on; its message is for the user
 */
export async function setUp(need, { retry = false } = {}) {
  const stamp = await installPackages(retry);
  pointGitAtHooks();
  if (need === 'start' || need === 'desktop') await fetchMissing(stamp, staticFfmpeg);
  if (need === 'desktop') await fetchMissing(stamp, electronRuntime);
  await installSystemPackages(need);
  return stamp;
}

/**
 * npm packages, exactly as locked.
 * @param {boolean} retry
 * @returns {Promise<import('./setup-plan.mjs').Stamp>}
 */
async function installPackages(retry) {
  const lockText = readIfThere(at('package-lock.json'));
  if (lockText === undefined)
    throw new PlainError('package-lock.json is missing: this is no complete clone.');
  const lockHash = hashOf(lockText);
  const stamp = parseStamp(readIfThere(stampFile));
  const failedDownloads = retry ? {} : (stamp?.failedDownloads ?? {});
  const fresh = { lockHash, failedDownloads };
  if (existsSync(node) && stamp?.lockHash === lockHash && !retry) return stamp;
  if (
    !existsSync(node) ||
    !isInstalledAsLocked(lockText, readIfThere(at('node_modules', '.package-lock.json')))
  ) {
    await npmInstall();
  }
  writeStamp(fresh);
  return fresh;
}

async function npmInstall() {
  say('Installing the npm packages as locked (a minute or two, once) …');
  const npm = npmCommand();
  const env = outerEnvironment({
    npm_config_fund: 'false',
    npm_config_audit: 'false',
    npm_config_loglevel: 'error',
    npm_config_update_notifier: 'false',
  });
  // No script of a package runs unasked: better-sqlite3 brings its binary along, and the downloads of ffmpeg-static
  // and Electron are steps of ours that may fail. Only `node` has to fetch the binary for this system.
  const steps = [
    ['ci', '--ignore-scripts', '--fetch-retries=1'],
    ['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts'],
  ];
  if (!(await registryAnswers(npm, env))) {
    say('The npm registry does not answer; trying with what npm has kept from earlier …');
    env['npm_config_offline'] = 'true';
  }
  for (const args of steps) {
    const { code, output } = await run(npm.command, [...npm.args, ...args], { env, keep: 'all' });
    if (code !== 0) throw new PlainError(`npm ${args.join(' ')} failed:\n${output.trim()}`);
  }
  if (!existsSync(node)) throw new PlainError('The package `node` brought no Node 24 for this system.');
}

/**
 * Asks first: npm itself would wait for minutes on a network that swallows packets. A refusal is an answer too, since
 * not every mirror knows `ping`.
 * @param {{command: string, args: string[]}} npm
 * @param {NodeJS.ProcessEnv} env
 */
async function registryAnswers(npm, env) {
  const { code, output } = await run(
    npm.command,
    [...npm.args, 'ping', `--fetch-timeout=${networkLimitMs}`, '--fetch-retries=0'],
    { env, keep: 'all', deadlineMs: networkLimitMs },
  );
  return code === 0 || /\bE[45]\d\d\b/.test(output);
}

/** The npm that started us, run by the Node that runs it: ours is deleted and replaced by `npm ci`. */
function npmCommand() {
  const { npm_execpath: cli, npm_node_execpath: nodeOfNpm } = process.env;
  if (cli?.endsWith('.js') && nodeOfNpm && !nodeOfNpm.startsWith(at('node_modules'))) {
    return { command: nodeOfNpm, args: [cli] };
  }
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

/**
 * A download that Lookout can do without.
 * @param {import('./setup-plan.mjs').Stamp} stamp
 * @param {import('./downloads.mjs').Download} download
 */
async function fetchMissing(stamp, download) {
  const { name, version } = download;
  if (!isDownloadDue(stamp, { name, version, isThere: download.isThere() })) return;
  const reason = await downloadRuntime(download);
  if (reason === undefined) return;
  stamp.failedDownloads[name] = { version, reason };
  writeStamp(stamp);
}

/** @param {import('./setup-plan.mjs').Need} need */
async function installSystemPackages(need) {
  const wanted = packagesFor(need, staticFfmpeg.isThere());
  if (wanted.length === 0) return;
  const names = wanted.map(({ name }) => name);
  const installed = isOnPath('dpkg-query')
    ? installedPackages(ask('dpkg-query', ['-W', '-f=${Package} ${db:Status-Status}\n', ...names]) ?? '')
    : undefined;
  const missing = missingPackages(wanted, installed, isOnPath);
  const plan = planPackages(missing, { isRoot: isRoot(), hasApt: isOnPath('apt-get') });
  if (plan.kind === 'nothing') return;
  const command = plan.kind === 'install' ? await aptInstall(plan.packages) : plan.message;
  if (command === undefined) return;
  const line = `Missing on this system: ${missing.map(({ name }) => name).join(', ')}. To install: ${command}`;
  // A station without FFmpeg starts and says so on its health screen; tests without their peers prove nothing.
  if (need === 'test') throw new PlainError(line);
  say(line);
}

/**
 * @param {string[]} packages
 * @returns {Promise<string | undefined>} the command to type where it failed
 */
async function aptInstall(packages) {
  say(`Installing with apt: ${packages.join(', ')} …`);
  const limits = [
    `-oAcquire::http::Timeout=${networkLimitMs / 1000}`,
    `-oAcquire::https::Timeout=${networkLimitMs / 1000}`,
    '-oAcquire::Retries=1',
    '-oDPkg::Lock::Timeout=60',
    '-oDpkg::Use-Pty=0',
  ];
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  for (const args of [['update'], install]) {
    const { code, output } = await run('apt-get', ['-qq', ...limits, ...args], {
      env: outerEnvironment({ DEBIAN_FRONTEND: 'noninteractive' }),
      keep: 'all',
    });
    // One source of several that does not answer fails the update, and need not be the one that matters.
    if (code !== 0 && args !== install) say(`apt-get update: ${output.trim().split('\n').at(-1) ?? ''}`);
    if (code !== 0 && args === install) {
      say(output.trim());
      return `apt-get ${install.join(' ')}`;
    }
  }
  return undefined;
}

/** Points git at our hooks, by writing nothing when it does so already. */
function pointGitAtHooks() {
  if (!isWorkTree() || /^\s*hooksPath\s*=\s*\.githooks\s*$/m.test(readIfThere(at('.git', 'config')) ?? ''))
    return;
  ask('git', ['-C', at(), 'config', 'core.hooksPath', '.githooks']);
}

/** @param {import('./setup-plan.mjs').Stamp} stamp */
function writeStamp(stamp) {
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, `${JSON.stringify(stamp, null, 2)}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const args = process.argv.slice(2);
  const asked = args[args.indexOf('--for') + 1];
  await conclude(async () => {
    await setUp(needs.find((need) => need === asked) ?? 'start', { retry: args.includes('--retry') });
    return 0;
  });
}
