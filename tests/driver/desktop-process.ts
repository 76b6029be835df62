// The desktop as a child process, for end-to-end tests: on Electron's runtime where there is one, else on its stand-in.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, _electron as electron, type Page } from 'playwright';
import type { LoggedCall } from '../stand-in/call-log.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** First start on a cold disk: open, migrate, recover, and a Chromium. */
const readyLimitMs = 30_000;
const readyPollMs = 50;
const stopLimitMs = 20_000;

export interface DesktopProcess extends AsyncDisposable {
  readonly runtime: 'electron' | 'stand-in';
  readonly pid: number;
  /** The desk's first window. */
  readonly page: Page;
  /** Every call of the shell in order; nothing with Electron itself, which keeps no log of them. */
  calls(): LoggedCall[];
  /** SIGTERM, and its exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL of the main process alone. */
  kill(): Promise<void>;
}

/** Electron's program as its package notes it once it is unpacked; undefined where it could not be fetched. */
export function electronProgram(): string | undefined {
  const folder = path.join(root, 'node_modules/electron');
  const note = path.join(folder, 'path.txt');
  if (!existsSync(note)) return undefined;
  const program = path.join(folder, 'dist', readFileSync(note, 'utf8'));
  return existsSync(program) ? program : undefined;
}

/**
 * Starts the built desktop (`dist/`) on a data folder.
 * @throws when its window does not come up within 30 s, with what it printed
 */
export function startDesktop(dataFolder: string): Promise<DesktopProcess> {
  const program = electronProgram();
  return program === undefined ? startOnStandIn(dataFolder) : startOnElectron(program, dataFolder);
}

async function startOnElectron(program: string, dataFolder: string): Promise<DesktopProcess> {
  // Chromium's sandbox refuses to run as root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await electron.launch({
    executablePath: program,
    args: [...asRoot, path.join(root, 'dist/main/main.js'), '--data', dataFolder],
    cwd: root,
    timeout: readyLimitMs,
    colorScheme: 'dark',
  });
  const page = await app.firstWindow();
  return { runtime: 'electron', page, calls: () => [], ...endsOf(app.process(), async () => {}) };
}

/** Starts the stand-in without waiting for a window; `calls` and `endpoint` are the files it writes. */
export function spawnStandIn(dataFolder: string, calls: string, endpoint: string): ChildProcess {
  return spawnProgram(['--data', dataFolder], {
    LOOKOUT_STAND_IN_LOG: calls,
    LOOKOUT_STAND_IN_ENDPOINT: endpoint,
  });
}

/** Starts the stand-in as the packed program is started, with these words behind its name. */
export function spawnPacked(...words: string[]): ChildProcess {
  return spawnProgram(words, { LOOKOUT_STAND_IN_PACKED: '1' });
}

function spawnProgram(words: readonly string[], environment: Readonly<Record<string, string>>): ChildProcess {
  return spawn(
    process.execPath,
    ['--import', './tests/stand-in/register.ts', 'dist/main/main.js', ...words],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    },
  );
}

async function startOnStandIn(dataFolder: string): Promise<DesktopProcess> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lookout-desktop-'));
  const [calls, endpoint] = [path.join(folder, 'calls'), path.join(folder, 'endpoint')];
  const child = spawnStandIn(dataFolder, calls, endpoint);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const began = performance.now();
  while (!existsSync(endpoint)) {
    if (child.exitCode !== null || performance.now() - began > readyLimitMs) {
      child.kill('SIGKILL');
      throw new Error(`the desktop did not get ready:\n${output}`);
    }
    await delay(readyPollMs);
  }
  const browser = await chromium.connectOverCDP(readFileSync(endpoint, 'utf8'));
  const pages = browser.contexts()[0]?.pages() ?? [];
  const page = pages.find((one) => one.url().includes('window=1')) ?? pages[0];
  if (page === undefined) throw new Error('the desktop has no window');
  await page.emulateMedia({ colorScheme: 'dark' });
  const tidy = async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { runtime: 'stand-in', page, calls: () => callsIn(calls), ...endsOf(child, tidy) };
}

/** What the stand-in has written so far. */
export function callsIn(file: string): LoggedCall[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as LoggedCall);
}

/** The ways a desktop ends; `tidy` runs when it is gone. */
function endsOf(child: ChildProcess, tidy: () => Promise<void>) {
  const { pid } = child;
  if (pid === undefined) throw new Error('the desktop could not be started');
  const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      const late = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
      await ended;
      clearTimeout(late);
    }
    return child.exitCode;
  };
  return {
    pid,
    stop: () => end('SIGTERM'),
    kill: async () => {
      await end('SIGKILL');
    },
    [Symbol.asyncDispose]: async () => {
      await end('SIGTERM');
      await tidy();
    },
  };
}
