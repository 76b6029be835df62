// A test peer as a child process: its own process group, a ready condition with a limit, and an end that leaves nothing behind.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, connect as tcpConnect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { findProgram } from './find-program.ts';

/** What of a peer's stderr is kept for the error that reports its failure. */
const STDERR_KEPT_CHARACTERS = 4_000;
/** SIGKILL is not refused; longer than this means that the kernel holds the process (disk, ptrace). */
const KILL_LIMIT_MS = 5_000;
const READY_POLL_MS = 100;
const RTSP_ANSWER_LIMIT_MS = 2_000;

export interface PeerProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  /** Also of its process group. */
  readonly pid: number;
  /** Last characters of its stderr. */
  stderrTail(): string;
  /** Rejects with the peer's last words when it ends before `condition` resolves, or after `limitMs`. */
  until<T>(what: string, limitMs: number, condition: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Kills the whole group and waits for its end. May be called twice. */
  stop(): Promise<void>;
}

export interface PeerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** 'pipe' for peers that are talked to; those that are not never get one, so that they cannot block on a full one. */
  readonly stdin?: 'pipe' | 'ignore';
  readonly stdout?: 'pipe' | 'ignore';
  /** Passed as descriptor 3. */
  readonly fd?: number;
  /** Run as `nobody` where we are root, for programs that refuse root. */
  readonly unprivileged?: boolean;
}

/**
 * Starts a peer. It dies with this process even when this process is killed: by the kernel's parent-death signal
 * (prctl(2) PR_SET_PDEATHSIG, set by setpriv) where setpriv is there.
 */
export function startPeer(command: PeerCommand): PeerProcess {
  const [program, ...args] = tied(command);
  const child = spawn(program, args, {
    shell: false,
    detached: true,
    env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', ...command.env },
    stdio: [
      command.stdin ?? 'ignore',
      command.stdout ?? 'ignore',
      'pipe',
      ...(command.fd === undefined ? [] : [command.fd]),
    ],
  });
  child.on('error', () => {
    // Without a program there is no pid, which is told below; a kill that failed shows in the wait for the end.
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} cannot be started`);
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT_CHARACTERS);
  });
  const ended = new Promise<string>((resolve) => {
    child.once('close', (code, signal) => resolve(`ended with ${signal ?? code}`));
  });

  const stop = async (): Promise<void> => {
    killGroup(pid);
    const isLeft = await Promise.race([ended.then(() => false), delay(KILL_LIMIT_MS, true, { ref: false })]);
    if (isLeft)
      throw new Error(`${command.command} (${pid}) is still there ${KILL_LIMIT_MS} ms after SIGKILL`);
  };

  return {
    child,
    pid,
    stderrTail: () => stderr,
    async until(what, limitMs, condition) {
      const limit = new AbortController();
      const failed = (reason: string) =>
        new Error(`${command.command}, waiting for ${what}: ${reason}\n${stderr}`);
      try {
        return await Promise.race([
          condition(limit.signal),
          ended.then((how) => Promise.reject(failed(how))),
          delay(limitMs, undefined, { signal: limit.signal }).then(() =>
            Promise.reject(failed(`nothing for ${limitMs} ms`)),
          ),
        ]);
      } finally {
        limit.abort();
      }
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function tied(command: PeerCommand): [string, ...string[]] {
  const isRoot = process.getuid?.() === 0;
  const setpriv = findProgram('setpriv');
  if (setpriv === undefined) return [command.command, ...command.args];
  const user = command.unprivileged && isRoot ? ['--reuid=nobody', '--regid=nogroup', '--clear-groups'] : [];
  return [setpriv, ...user, '--pdeathsig=KILL', '--', command.command, ...command.args];
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** A port nobody listens on, for peers that cannot choose one themselves and say which. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server without a port');
  return address.port;
}

/** Resolves once the RTSP server describes the path (RFC 2326, DESCRIBE answered 200). */
export async function rtspDescribes(port: number, path: string, signal: AbortSignal): Promise<void> {
  while ((await rtspStatus(port, path)) !== 200) await delay(READY_POLL_MS, undefined, { signal });
}

/** The status of a DESCRIBE, or undefined when nobody answers. */
export function rtspStatus(port: number, path: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = tcpConnect(port, '127.0.0.1');
    const finish = (status: number | undefined) => {
      socket.destroy();
      resolve(status);
    };
    socket.setTimeout(RTSP_ANSWER_LIMIT_MS, () => finish(undefined));
    socket.once('error', () => finish(undefined));
    socket.once('close', () => finish(undefined));
    socket.once('connect', () => {
      socket.write(
        `DESCRIBE rtsp://127.0.0.1:${port}${path} RTSP/1.0\r\nCSeq: 1\r\nAccept: application/sdp\r\n\r\n`,
      );
    });
    socket.once('data', (bytes: Buffer) => {
      const status = /^RTSP\/1\.0 (\d{3}) /.exec(bytes.toString('latin1'))?.[1];
      finish(status === undefined ? undefined : Number(status));
    });
  });
}
