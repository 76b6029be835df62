// The headless program from outside: its link, its door, a second one on the same data, and how it ends.

import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { descendants, isRunning } from './driver/processes.ts';
import { type StationProcess, startStation } from './driver/station-process.ts';

const run = promisify(execFile);
const program = path.resolve(import.meta.dirname, '../electron/headless.ts');

let folder: string;
let station: StationProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lookout-headless-'));
});
afterEach(async () => {
  await station?.[Symbol.asyncDispose]();
  station = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the program to see it end: its exit code and what it complained of. */
async function endsWith(args: readonly string[]): Promise<{ code: unknown; complaint: string }> {
  try {
    await run(process.execPath, [program, ...args], { timeout: 20_000 });
    return { code: 0, complaint: '' };
  } catch (error) {
    const { code, stderr } = error as { code: unknown; stderr: string };
    return { code, complaint: stderr };
  }
}

/** Another program on the port. */
async function listening(port: number) {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { port: String(port), [Symbol.asyncDispose]: close };
}

/** The first event the station tells that is as wanted. */
async function told<Kind extends string>(
  client: StationProcess['client'],
  kind: Kind,
): Promise<{ kind: Kind }> {
  const events = await client.events.watch();
  for await (const event of events)
    if ((event.kind as string) === kind) return event as unknown as { kind: Kind };
  throw new Error('the events ended');
}

it('is there for whoever has its link, and records a test pattern until it is told to stop', async () => {
  station = await startStation(folder);
  const { client, origin, pid } = station;
  expect((await fetch(origin)).status).toBe(401);
  expect((await fetch(`${origin}/rpc/cameras/list`, { method: 'POST', body: '{}' })).status).toBe(401);
  expect(await client.session.me()).toEqual({ name: 'This desk', role: 'admin' });
  expect(await client.station.info()).toMatchObject({ shell: 'headless', secrets: 'file', problems: [] });

  const footage = told(client, 'footage');
  const camera = await client.cameras.addTestPattern({ name: 'Pattern' });
  expect(camera).toMatchObject({ name: 'Pattern', recording: true, source: { kind: 'test-pattern' } });
  await footage;
  const [recorded] = await client.cameras.list();
  expect(recorded).toMatchObject({ state: { kind: 'running', recording: true }, picture: { width: 1280 } });

  const recorders = descendants(pid);
  expect(recorders.length).toBeGreaterThan(0);
  expect(await station.stop()).toBe(0);
  expect(recorders.filter(isRunning)).toEqual([]);
  const log = readFileSync(path.join(folder, 'logs/lookout.log'), 'utf8');
  expect(log).not.toMatch(/"level":"(error|fatal)"/);

  // What was recorded is a closed segment now: the next start finds it, and the gap between.
  station = await startStation(folder);
  const now = Date.now();
  const timeline = await station.client.timeline.range({
    streamId: camera.streamId,
    startMs: now - 3_600_000,
    endMs: now,
  });
  expect(timeline.coverage.length).toBeGreaterThan(0);
});

it('opens one session per link, and prints another link when asked', async () => {
  station = await startStation(folder);
  const link = await station.freshLink();
  expect((await fetch(link, { redirect: 'manual' })).status).toBe(303);
  expect((await fetch(link, { redirect: 'manual' })).status).toBe(401);
});

it('goes on when nobody reads any more what it prints', async () => {
  station = await startStation(folder);
  station.child.stdout?.destroy();
  station.child.stderr?.destroy();
  station.child.kill('SIGUSR2');
  expect(await station.client.session.me()).toMatchObject({ role: 'admin' });
  expect(await station.stop()).toBe(0);
});

it('is found at the address of the last time, unless another program has taken that', async () => {
  writeFileSync(path.join(folder, 'port'), 'no port');
  station = await startStation(folder);
  const { port } = new URL(station.origin);
  await station.stop();
  station = await startStation(folder);
  expect(new URL(station.origin).port).toBe(port);
  await station.stop();
  await using other = await listening(Number(port));
  station = await startStation(folder);
  expect(new URL(station.origin).port).not.toBe(other.port);
  expect(await station.client.session.me()).toMatchObject({ role: 'admin' });
});

it('refuses to share its data folder, and lets a killed one’s go', async () => {
  station = await startStation(folder);
  const second = await endsWith(['--data', folder]);
  expect(second).toMatchObject({ code: 3, complaint: expect.stringContaining('Another Lookout') });
  await station.kill('tree');
  station = await startStation(folder);
  expect(await station.client.cameras.list()).toEqual([]);
});

it('says what is wrong with its arguments, and with its port', async () => {
  station = await startStation(folder);
  const { port } = new URL(station.origin);
  const other = path.join(folder, 'other');
  expect(await endsWith(['--data', other, '--port', port])).toMatchObject({
    code: 1,
    complaint: expect.stringContaining('port is taken'),
  });
  for (const args of [['--port', 'x'], ['--port', '70000'], ['--data', ''], ['--unknown'], ['extra']]) {
    expect(await endsWith(args)).toMatchObject({ code: 2, complaint: expect.stringContaining('Usage') });
  }
});

it('says in words that its data folder cannot be used, also to a rebuild', async () => {
  const file = path.join(folder, 'file');
  writeFileSync(file, '');
  for (const args of [
    ['--data', file],
    ['rebuild', '--data', path.join(file, 'below')],
  ]) {
    const { code, complaint } = await endsWith(args);
    expect(code).toBe(1);
    expect(complaint).toMatch(/^The data folder .* cannot be used: E\w+: .* Choose another with --data\.\n$/);
  }
});

it('keeps what it stores from other users of the machine', async () => {
  station = await startStation(folder);
  const readable = readdirSync(folder, { withFileTypes: true }).map((entry) => entry.name);
  expect(readable).toEqual(expect.arrayContaining(['catalog', 'footage', 'logs', 'secrets.key']));
  const { stdout } = await run('find', [folder, '-type', 'f', '-perm', '/077', '-name', '*.key']);
  expect(stdout).toBe('');
});
