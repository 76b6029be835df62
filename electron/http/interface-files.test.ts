// The interface's files: what the build wrote, by its address, and nothing beside it.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { InterfaceFiles } from './interface-files.ts';

let folder: string;
let files: InterfaceFiles;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lookout-interface-'));
  files = new InterfaceFiles(path.join(folder, 'renderer'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function build(): void {
  mkdirSync(path.join(folder, 'renderer/assets'), { recursive: true });
  writeFileSync(path.join(folder, 'renderer/index.html'), '<!doctype html>');
  writeFileSync(path.join(folder, 'renderer/assets/main-1a2b.js'), 'run()');
  writeFileSync(path.join(folder, 'secret.txt'), 'secret');
}

const ask = (address: string, init: RequestInit = {}) =>
  files.answer(new Request(`http://station${address}`, init));

it('the start page is asked for anew, hashed files are kept for good', async () => {
  build();
  const page = ask('/');
  expect(await page.text()).toBe('<!doctype html>');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('cache-control')).toBe('no-cache');
  const script = ask('/assets/main-1a2b.js');
  expect(await script.text()).toBe('run()');
  expect(script.headers.get('content-type')).toMatch('text/javascript');
  expect(script.headers.get('cache-control')).toContain('immutable');
});

it('a look at the headers gets no body', () => {
  build();
  const page = ask('/', { method: 'HEAD' });
  expect(page.headers.get('content-length')).toBe('15');
  expect(page.body).toBeNull();
});

it.each([
  '/secret.txt',
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/../../secret.txt',
  '/assets',
  '/assets/',
  '//index.html',
  '/index.html%00',
  '/__proto__',
])('%s is nothing', async (address) => {
  build();
  const response = ask(address);
  expect(response.status).toBe(404);
  expect(await response.text()).not.toContain('secret');
});

it('says when the interface is not built, and finds it once it is', () => {
  expect(ask('/').status).toBe(503);
  build();
  expect(ask('/').status).toBe(200);
});
