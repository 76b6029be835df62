// Windows of the stand-in that open at the same time, as those of a restart do: each has its way to the shell.

import { expect, it, onTestFinished } from 'vitest';
import { Chromium } from './chromium.ts';

it('gives every page its bindings, however many open at once', async () => {
  const browser = new Chromium();
  onTestFinished(() => browser.close());
  const heard: string[] = [];
  const open = (name: string) =>
    browser.page(async (page) => {
      await page.exposeBinding('tell', () => void heard.push(name));
    });
  const names = ['first', 'second', 'third', 'fourth'];
  const pages = await Promise.all(names.map(open));
  for (const page of pages) {
    await page.goto('data:text/html,<title>A window</title>');
    await page.evaluate('tell()');
  }
  expect(heard).toEqual(names);
});
