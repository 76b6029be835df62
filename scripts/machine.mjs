// What set-up sees of the machine and does to it: files, programs, child processes with an end.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A reason to stop that is told to the user as it stands, without a trace. */
export class PlainError extends Error {}

/** The folder of the repository. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const isWindows = process.platform === 'win32';

/** Node 24 of the `node` package, which runs everything but set-up itself (better-sqlite3 13 crashes on Node 20). */
export const node = path.join(root, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node');

/** @param {...string} parts below the repository's folder */
export function at(...parts) {
  return path.join(root, ...parts);
}

/**
 * The text of a file, or undefined when it cannot be read.
 * @param {string} file
 */
export function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** @param {string} command */
export function isOnPath(command) {
  return (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, isWindows ? `${command}.exe` : command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export function isRoot() {
  return process.getuid?.() === 0;
}

/** Whether windows can be opened here; only Linux can be without a screen. */
export function hasScreen() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/**
 * The environment of our children: Node 24 and the installed tools first on PATH.
 * @param {NodeJS.ProcessEnv} [more]
 */
export function ownEnvironment(more = {}) {
  const folders = [path.dirname(node), at('node_modules', '.bin'), process.env['PATH'] ?? ''];
  return { ...process.env, PATH: folders.join(path.delimiter), ...more };
}

/**
 * The environment of the machine itself, as it was before npm put our tools in front.
 * @param {NodeJS.ProcessEnv} [more]
 * @returns {NodeJS.ProcessEnv}
 */
export function outerEnvironment(more = {}) {
  const folders = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => !folder.includes(at('node_modules')));
  return { ...process.env, PATH: folders.join(path.delimiter), ...more };
}

/**
 * The standard output of a short command, or undefined when it is missing, fails or takes over 10 s.
 * @param {string} command
 * @param {string[]} args
 */
export function ask(command, args) {
  const { status, stdout, error } = spawnSync(command, args, { encoding: 'utf8', timeout: 10_000 });
  // dpkg-query fails when one of many is unknown, and has answered for the others all the same.
  return error || (status !== 0 && stdout === '') ? undefined : stdout;
}

/**
 * Runs a child on our terminal to its end. Signals sent to us reach it; past the deadline its whole group is killed.
 * @param {string} command
 * @param {string[]} args
 * @param {{env?: NodeJS.ProcessEnv, deadlineMs?: number | undefined, keep?: 'all' | 'errors' | 'nothing'}} [options] what of its
 *   output is kept for the result (its last 8,000 characters) instead of being shown
 * @returns {Promise<{code: number, timedOut: boolean, output: string}>} 128 + n for an end by signal n, as shells say it
 */
export function run(command, args, { env = ownEnvironment(), deadlineMs, keep = 'nothing' } = {}) {
  return new Promise((resolve) => {
    // A group of its own only where it may have to be killed: else Ctrl-C would no longer reach it from the terminal.
    const ownGroup = deadlineMs !== undefined && !isWindows;
    const child = spawn(command, args, {
      cwd: root,
      env,
      detached: ownGroup,
      stdio: [
        ownGroup || keep !== 'nothing' ? 'ignore' : 'inherit',
        keep === 'all' ? 'pipe' : 'inherit',
        keep === 'nothing' ? 'inherit' : 'pipe',
      ],
    });
    let output = '';
    const take = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-8_000);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);

    let timedOut = false;
    const timer =
      deadlineMs === undefined
        ? undefined
        : setTimeout(
            () => {
              timedOut = true;
              send('SIGKILL');
            },
            Math.max(0, deadlineMs),
          );

    const send = (/** @type {NodeJS.Signals} */ signal) => {
      try {
        if (ownGroup && child.pid !== undefined) process.kill(-child.pid, signal);
        else child.kill(signal);
      } catch {
        // It is gone already, which is what was wanted.
      }
    };
    const forward = (/** @type {NodeJS.Signals} */ signal) => {
      // On a terminal Ctrl-C has reached the child already; twice would mean "at once".
      const fromTerminal = signal === 'SIGINT' && process.stdin.isTTY && !ownGroup;
      if (!fromTerminal) send(signal);
    };
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
    for (const signal of signals) process.on(signal, forward);

    const finish = (/** @type {number} */ code) => {
      clearTimeout(timer);
      for (const signal of signals) process.off(signal, forward);
      resolve({ code, timedOut, output });
    };
    child.on('error', (error) => {
      output += error.message;
      finish(127);
    });
    child.on('close', (code, signal) => {
      // What a killed runner left of its group goes with it.
      if (ownGroup) send('SIGKILL');
      finish(code ?? 128 + os.constants.signals[signal ?? 'SIGKILL']);
    });
  });
}

/**
 * Ends the process with the exit code of its main function.
 * @param {() => Promise<number>} main
 */
export async function conclude(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

/** Whether the repository's folder is a git work tree of its own. */
export function isWorkTree() {
  return existsSync(at('.git'));
}

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`);
}
