// A headless station as a child process, with a client of its contract: what benches, fault tests and e2e tests drive.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../electron/contract/contract.ts';
import { stationEnvironment, stationFlags } from '../../scripts/station-flags.mjs';

export type StationClient = ContractRouterClient<Contract>;

/** First start on a cold disk: open, migrate, recover. */
const readyLimitMs = 30_000;
const stopLimitMs = 20_000;

const root = path.resolve(import.meta.dirname, '../..');
const readyLine = /^Lookout is ready: (http:\/\/127\.0\.0\.1:\d+\/\?link=\S+)$/;

export interface StationProcess extends AsyncDisposable {
  readonly pid: number;
  readonly origin: string;
  /** A one-time link for a browser (SIGUSR2 makes the station print another). */
  freshLink(): Promise<string>;
  readonly client: StationClient;
  /** `fetch` on the station's origin, signed in. */
  get(address: string, init?: RequestInit): Promise<Response>;
  /** From spawn to the ready line. */
  readonly startedInMs: number;
  readonly child: ChildProcess;
  /** Everything printed so far, both streams. */
  output(): string;
  /** SIGTERM, and its exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL of the station alone, or of its whole process group with the recorders. */
  kill(whole: 'station' | 'tree'): Promise<void>;
}

export interface StationSurroundings {
  /** Set on top of ours. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A program that becomes the station in other surroundings (nsenter), and its arguments. */
  readonly through?: readonly string[];
}

/**
 * Starts `electron/headless.ts` on a data folder and signs in.
 * @throws when it is not ready within 30 s, with what it printed
 */
export async function startStation(
  dataFolder: string,
  args: readonly string[] = [],
  { environment = {}, through = [] }: StationSurroundings = {},
): Promise<StationProcess> {
  const began = performance.now();
  const station = path.join(root, 'electron/headless.ts');
  const program = [process.execPath, ...stationFlags, station, '--data', dataFolder, ...args];
  const [command = process.execPath, ...rest] = [...through, ...program];
  const child = spawn(command, rest, {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...stationEnvironment, ...process.env, NO_COLOR: '1', ...environment },
  });
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const links = new LinkLines(child);
  const ready = await Promise.race([
    links.next(),
    ended.then(() => undefined),
    new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), readyLimitMs).unref()),
  ]);
  if (ready === undefined || child.pid === undefined) {
    child.kill('SIGKILL');
    throw new Error(`the station did not get ready:\n${output}`);
  }
  const startedInMs = performance.now() - began;
  const { origin } = new URL(ready);
  const cookie = await cookieOf(ready);
  const get = (address: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('cookie', cookie);
    headers.set('origin', origin);
    return fetch(new URL(address, origin), { ...init, headers });
  };
  const pid = child.pid;
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    child.kill('SIGTERM');
    const late = setTimeout(() => killGroup(pid), stopLimitMs);
    const [code] = await ended;
    clearTimeout(late);
    return code;
  };
  return {
    pid,
    origin,
    freshLink: async () => {
      const next = links.next();
      child.kill('SIGUSR2');
      return next;
    },
    client: createORPCClient(
      new RPCLink({
        url: `${origin}/rpc`,
        fetch: (request, init) => fetch(request, { ...(init as RequestInit) }),
        headers: { cookie, origin },
      }),
    ),
    get,
    startedInMs,
    child,
    output: () => output,
    stop,
    kill: async (whole) => {
      if (whole === 'tree') killGroup(pid);
      else child.kill('SIGKILL');
      await ended;
    },
    [Symbol.asyncDispose]: async () => {
      await stop();
      killGroup(pid);
    },
  };
}

/** The links a station prints, in order; each is handed out once. */
class LinkLines {
  readonly #unclaimed: string[] = [];
  readonly #waiting: ((link: string) => void)[] = [];

  constructor(child: ChildProcess) {
    if (child.stdout === null) throw new Error('a station started without its stdout');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const link = readyLine.exec(line)?.[1];
      if (link === undefined) return;
      const waiting = this.#waiting.shift();
      if (waiting === undefined) this.#unclaimed.push(link);
      else waiting(link);
    });
  }

  next(): Promise<string> {
    const link = this.#unclaimed.shift();
    return link === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(link);
  }
}

async function cookieOf(link: string): Promise<string> {
  const response = await fetch(link, { redirect: 'manual' });
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  if (cookie === undefined) throw new Error(`the link was refused: ${response.status}`);
  return cookie;
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
