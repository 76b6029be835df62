// The child's life with a stand-in for FFmpeg: a Node that behaves well, badly, or not at all.

import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Timers } from '../model/clock.ts';
import { systemClocks } from '../model/clock.ts';
import { BoundedWords, FfmpegProcess } from './process.ts';

const started: FfmpegProcess[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((process) => process.kill()));
});

/** Grace periods a hundred times shorter, in the same order. */
const quickTimers: Timers = { after: (delayMs, action) => systemClocks.timers.after(delayMs / 100, action) };

function start(script: string, input?: string, timers: Timers = systemClocks.timers) {
  let output = '';
  let ready = () => {};
  const saidReady = new Promise<void>((resolve) => (ready = resolve));
  const child = new FfmpegProcess(process.execPath, ['-e', script], input, timers, {
    onOutput: (chunk) => {
      output += Buffer.from(chunk).toString();
      if (output.includes('ready')) ready();
    },
    onWords: () => undefined,
  });
  started.push(child);
  return { child, saidReady, output: () => output };
}

const stayAlive = 'setInterval(() => {}, 1000);';

describe('FfmpegProcess', () => {
  it('hands over all output and the exit', async () => {
    const { child, output } = start(
      "process.stdin.on('data', (d) => process.stdout.write(d)); process.stdin.on('end', () => { console.error('bye'); process.exitCode = 3; })",
      'the list',
    );
    expect(await child.exited).toEqual({
      code: 3,
      signal: null,
      asked: false,
      spawnError: undefined,
      words: 'bye\n',
    });
    expect(output()).toBe('the list');
  });

  it('survives a child that does not read its list', async () => {
    const { child } = start('process.exit(0)', 'x'.repeat(1_000_000));
    expect((await child.exited).code).toBe(0);
  });

  it('asks first', async () => {
    const { child, saidReady } = start(
      `process.on('SIGTERM', () => process.exit(0)); ${stayAlive} console.log('ready')`,
    );
    await saidReady;
    expect(await child.stop()).toMatchObject({ code: 0, signal: null, asked: true });
  });

  it('kills a child that does not listen, after the grace', async () => {
    const { child, saidReady } = start(
      `process.on('SIGTERM', () => {}); ${stayAlive} console.log('ready')`,
      undefined,
      quickTimers,
    );
    await saidReady;
    expect(await child.stop()).toMatchObject({ signal: 'SIGKILL', asked: true });
  });

  it('tells a crash from an end that was asked for', async () => {
    const { child, saidReady } = start(`${stayAlive} console.log('ready')`);
    await saidReady;
    process.kill(child.pid ?? 0, 'SIGKILL');
    expect(await child.exited).toMatchObject({ signal: 'SIGKILL', asked: false });
  });

  it('tells why it could not be started', async () => {
    const child = new FfmpegProcess('/nowhere/ffmpeg', [], undefined, systemClocks.timers, {
      onOutput: () => undefined,
      onWords: () => undefined,
    });
    expect((await child.exited).spawnError).toMatch(/ENOENT|No such file/);
    expect((await child.stop()).spawnError).toMatch(/ENOENT|No such file/);
  });

  it.runIf(process.platform === 'linux')(
    'passes on nothing of our environment that it does not need',
    async () => {
      process.env['LOOKOUT_TEST_SECRET'] = 'S3cr3t!Cam';
      const { child, saidReady } = start(`${stayAlive} console.log('ready')`);
      await saidReady;
      delete process.env['LOOKOUT_TEST_SECRET'];
      const names = readFileSync(`/proc/${child.pid}/environ`, 'utf8')
        .split('\0')
        .map((entry) => entry.split('=')[0] ?? '')
        .filter((name) => name !== '');
      expect(['LC_ALL', 'PATH', 'HOME', 'TEMP']).toEqual(expect.arrayContaining(names));
      expect(names).toContain('PATH');
    },
  );
});

describe('BoundedWords', () => {
  const add = (words: BoundedWords, text: string) => words.add(Buffer.from(text));

  it('keeps short words whole', () => {
    const words = new BoundedWords(10);
    add(words, 'abc');
    add(words, 'defghijklmno');
    expect(words.text()).toBe('abcdefghijklmno');
  });

  it('keeps the first and the last of a flood', () => {
    const words = new BoundedWords(10);
    add(words, 'first');
    for (let n = 0; n < 1000; n++) add(words, 'middle.');
    add(words, 'the very last');
    expect(words.text()).toBe('firstmiddl\n…\n very last');
  });
});
