// The desktop shell: locked down as it should be, one instance, a clean end, and a start that repairs.

import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { callChannel } from '../../electron/contract/bridge.ts';
import {
  callsIn,
  type DesktopProcess,
  electronProgram,
  spawnPacked,
  spawnStandIn,
  startDesktop,
} from '../driver/desktop-process.ts';
import { descendants, isRunning } from '../driver/processes.ts';
import { startStation } from '../driver/station-process.ts';
import { expect, test } from './desk.ts';
import { goTo } from './screens.ts';

let dataFolder: string;
let desktop: DesktopProcess;
test.beforeEach(async () => {
  dataFolder = mkdtempSync(path.join(tmpdir(), 'lookout-desktop-'));
  desktop = await startDesktop(dataFolder);
  await expect(desktop.page.getByRole('heading', { name: 'Live', level: 1 })).toBeVisible();
});
test.afterEach(async () => {
  await desktop[Symbol.asyncDispose]();
  rmSync(dataFolder, { recursive: true, force: true });
});

const argsOf = (call: string) =>
  desktop
    .calls()
    .filter((logged) => logged.call === call)
    .map(({ args }) => args);

test('the shell asks Electron for every lock, in time', async () => {
  test.skip(desktop.runtime === 'electron', 'Electron keeps no log of calls; what they do is tried below');
  expect(argsOf('new BrowserWindow')).toMatchObject([
    {
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        preload: expect.stringMatching(/dist\/preload\/preload\.cjs$/),
      },
    },
  ]);
  const order = desktop.calls().map(({ call }) => call);
  const inOrder = [
    'app.requestSingleInstanceLock',
    'app.enableSandbox',
    'protocol.registerSchemesAsPrivileged',
    'app.whenReady',
    'protocol.handle',
    'session.setPermissionRequestHandler',
    'session.setPermissionCheckHandler',
    'session.setDevicePermissionHandler',
    'ipcMain.on',
    'new BrowserWindow',
    'webContents.setWindowOpenHandler',
    'window.show',
  ];
  expect(order.filter((call) => inOrder.includes(call))).toEqual(inOrder);
  expect(argsOf('session.setDevicePermissionHandler')).toEqual([{ grants: false }]);
  expect(argsOf('ipcMain.on')).toEqual([callChannel]);
});

test('a page of ours may not leave, open windows, or ask the machine for anything', async () => {
  const { page } = desktop;
  const home = page.url();
  let visits = 0;
  const foreign = createServer((_request, response) => {
    visits += 1;
    response.end('<h1>Elsewhere</h1>');
  });
  foreign.listen(0, '127.0.0.1');
  await once(foreign, 'listening');
  const address = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`;

  await page.evaluate((url) => location.assign(url), address).catch(() => undefined);
  await page.evaluate((url) => void window.open(url), address);
  await page.evaluate((url) => void window.open(url), 'about:blank');
  await expect.poll(() => page.context().pages().length).toBe(1);
  await expect(page.getByRole('heading', { name: 'Live', level: 1 })).toBeVisible();
  expect(page.url()).toBe(home);
  expect(visits).toBe(0);
  if (desktop.runtime === 'stand-in') {
    expect(argsOf('will-navigate')).toEqual([{ url: address, prevented: true }]);
    await expect
      .poll(() => argsOf('window.open'))
      .toEqual([
        { url: address, action: 'deny' },
        { url: 'about:blank', action: 'deny' },
      ]);
  }
  foreign.close();

  const asked = await page.evaluate(async () => {
    const state = async (name: string) =>
      (await navigator.permissions.query({ name: name as PermissionName })).state;
    const camera = await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'granted',
      (error: Error) => error.name,
    );
    return [await state('notifications'), await state('geolocation'), camera, await state('clipboard-write')];
  });
  expect(asked).toEqual(['denied', 'denied', 'NotAllowedError', 'granted']);
});

test('a frame inside of the page has no way to the station', async () => {
  const { page } = desktop;
  await page.evaluate(() => document.body.append(document.createElement('iframe')));
  const frame = page.frames().find((one) => one !== page.mainFrame());
  expect(await frame?.evaluate(() => 'lookout' in window)).toBe(false);
  test.skip(desktop.runtime === 'electron', 'without a preload script there is nothing to send with');
  // The stand-in's wire is open to every frame: what is refused, the shell refuses.
  await frame?.evaluate((channel) => {
    const send = Reflect.get(window, '__lookoutStandInSend') as (to: string, wire: unknown) => Promise<void>;
    return send(channel, { text: '{}' });
  }, callChannel);
  const log = path.join(dataFolder, 'logs/lookout.log');
  await expect.poll(() => readIfThere(log)).toContain('a message from a window was refused');
  await goTo(page, 'Cameras');
  await expect(page.getByText('No cameras yet')).toBeVisible();
});

test('a second start shows the window of the first', async () => {
  test.skip(electronProgram() !== undefined, 'the second start is the stand-in’s');
  const second = spawnStandIn(
    dataFolder,
    path.join(dataFolder, 'calls-2'),
    path.join(dataFolder, 'endpoint-2'),
  );
  const [code] = (await once(second, 'exit')) as [number];
  expect(code).toBe(0);
  await expect.poll(() => argsOf('window.focus').length).toBe(1);
  const calls = callsIn(path.join(dataFolder, 'calls-2')).map(({ call }) => call);
  expect(calls).not.toContain('new BrowserWindow');
});

test('a folder in which a headless station works is refused in words', async () => {
  test.skip(electronProgram() !== undefined, 'Electron’s own error box waits for a click');
  const other = path.join(dataFolder, 'other');
  await using station = await startStation(other);
  const second = spawnStandIn(other, path.join(dataFolder, 'calls-2'), path.join(dataFolder, 'endpoint-2'));
  const [code] = (await once(second, 'exit')) as [number];
  expect(code).toBe(1);
  expect(callsIn(path.join(dataFolder, 'calls-2'))).toContainEqual({
    call: 'dialog.showErrorBox',
    args: { title: 'Lookout could not start', content: expect.stringContaining('Another Lookout') },
  });
  // The packed program takes its words from the first on; those about the store need no window.
  const busy = expect.stringContaining('Another Lookout');
  expect(await saidByPacked('--data', other)).toEqual({ code: 1, output: busy });
  expect(await saidByPacked('rebuild', '--data', other)).toEqual({ code: 3, output: busy });
  const isSound = expect.stringContaining('ok     Invariant 1');
  expect(await saidByPacked('check', '--presence', '--data', other)).toEqual({ code: 0, output: isSound });
  expect(await station.client.cameras.list()).toEqual([]);
});

test('it ends cleanly when told to, and a start after a kill repairs', async () => {
  const record = async () => {
    const { page } = desktop;
    await goTo(page, 'Live');
    await expect(page.getByRole('group', { name: 'Test pattern: live' })).toBeVisible();
    await goTo(page, 'Playback');
    await expect(page.locator('[data-frame-wall-ms]')).toBeVisible();
  };
  await goTo(desktop.page, 'Cameras');
  await desktop.page.getByRole('button', { name: 'Add a test pattern' }).click();
  await record();
  const started = descendants(desktop.pid);
  expect(started.length).toBeGreaterThan(1);
  expect(await desktop.stop()).toBe(0);
  await expect.poll(() => started.filter(isRunning)).toEqual([]);
  await desktop[Symbol.asyncDispose]();

  desktop = await startDesktop(dataFolder);
  await record();
  const orphans = descendants(desktop.pid);
  await desktop.kill();
  await expect.poll(() => orphans.filter(isRunning)).toEqual([]);
  await desktop[Symbol.asyncDispose]();

  desktop = await startDesktop(dataFolder);
  await record();
  // Both absences are told, each with its reason.
  await desktop[Symbol.asyncDispose]();
  await using station = await startStation(dataFolder);
  const [camera] = await station.client.cameras.list();
  if (camera === undefined) throw new Error('the camera is gone');
  const now = Date.now();
  const { gaps, coverage } = await station.client.timeline.range({
    streamId: camera.streamId,
    startMs: now - 600_000,
    endMs: now,
  });
  expect(gaps.map(({ reason }) => reason)).toEqual(
    expect.arrayContaining(['program-stopped', 'program-killed']),
  );
  expect(coverage.length).toBeGreaterThanOrEqual(3);
});

async function saidByPacked(...words: string[]): Promise<{ code: number; output: string }> {
  const child = spawnPacked(...words);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = (await once(child, 'close')) as [number];
  return { code, output };
}

function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
