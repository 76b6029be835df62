// What the desk remembers of its windows, and that a broken memory or a monitor that is gone does no harm.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freeSeat, reachable, readWindows, windowsLimit, writeWindows } from './remembered-windows.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lookout-windows-'));
  file = path.join(folder, 'windows.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const bounds = { x: 1920, y: 100, width: 1280, height: 720 };
const window = (seat: number) => ({ seat, bounds, isMaximized: false, isFullScreen: true });
const one = [{ seat: 1, isMaximized: false, isFullScreen: false }];

describe('the windows of the desk', () => {
  it('come back as they were', () => {
    writeWindows(file, [window(1), window(3)]);
    expect(readWindows(file)).toEqual([window(1), window(3)]);
  });

  it.each(['', '{', '[]', '[{"seat":0}]', '[{"seat":1,"bounds":{"x":"left"}}]', 'null'])(
    'are one when the memory makes no sense: %j',
    (text) => {
      writeFileSync(file, text);
      expect(readWindows(file)).toEqual(one);
    },
  );

  it('are one when there is no memory, and never more than there may be', () => {
    expect(readWindows(file)).toEqual(one);
    writeWindows(
      file,
      Array.from({ length: 30 }, (_, at) => window(at + 1)),
    );
    expect(readWindows(file)).toHaveLength(windowsLimit);
    writeWindows(file, [window(2), window(2)]);
    expect(readWindows(file)).toEqual([window(2)]);
  });

  it('cannot be written where there is no folder, which is no failure', () => {
    writeWindows(path.join(folder, 'gone/windows.json'), [window(1)]);
    expect(readWindows(path.join(folder, 'gone/windows.json'))).toEqual(one);
  });
});

describe('bounds', () => {
  it('are kept where a monitor shows enough of them, and left when it is gone', () => {
    const second = { ...screen, x: 1920 };
    expect(reachable(bounds, [screen, second])).toEqual(bounds);
    expect(reachable(bounds, [screen])).toBeUndefined();
    expect(reachable({ ...bounds, x: 1850 }, [screen])).toBeUndefined();
    expect(reachable({ ...bounds, x: 1800 }, [screen])).toBeDefined();
    expect(reachable({ ...bounds, x: 100, y: 1_070 }, [screen])).toBeUndefined();
    expect(reachable(undefined, [screen])).toBeUndefined();
  });
});

it('the lowest free number is given', () => {
  expect([freeSeat([]), freeSeat([1, 2, 4]), freeSeat([2])]).toEqual([1, 3, 1]);
});
