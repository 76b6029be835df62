// Which key presses are a shortcut, on any keyboard layout.
import { describe, expect, it } from 'vitest';
import { keyCaps, matches } from './command.ts';

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('matches', () => {
  it('takes a plain key and refuses it with a modifier', () => {
    expect(matches('4', press('4'))).toBe(true);
    expect(matches('4', press('4', { ctrlKey: true }))).toBe(false);
    expect(matches('F', press('f'))).toBe(true);
    expect(matches('F', press('f', { altKey: true }))).toBe(false);
  });

  it('takes a sign whether or not the layout needs Shift for it', () => {
    expect(matches('?', press('?', { shiftKey: true }))).toBe(true);
    expect(matches('?', press('?'))).toBe(true);
  });

  it('tells letters and named keys with Shift from those without', () => {
    expect(matches('Shift+ArrowLeft', press('ArrowLeft', { shiftKey: true }))).toBe(true);
    expect(matches('ArrowLeft', press('ArrowLeft', { shiftKey: true }))).toBe(false);
    expect(matches('F', press('F', { shiftKey: true }))).toBe(false);
  });

  it('takes Ctrl and Command for Mod', () => {
    expect(matches('Mod+K', press('k', { ctrlKey: true }))).toBe(true);
    expect(matches('Mod+K', press('k', { metaKey: true }))).toBe(true);
    expect(matches('Mod+K', press('k'))).toBe(false);
  });

  it('calls the space bar Space', () => {
    expect(matches('Space', press(' '))).toBe(true);
  });

  it('knows the plus, with Shift or on a number pad', () => {
    expect(matches('Plus', press('+'))).toBe(true);
    expect(matches('Plus', press('+', { shiftKey: true }))).toBe(true);
    expect(matches('Plus', press('=', { shiftKey: true }))).toBe(false);
    expect(keyCaps('Plus')).toEqual(['+']);
  });
});

describe('keyCaps', () => {
  it('shows what is printed on the keys', () => {
    expect(keyCaps('Mod+K')).toEqual(['Ctrl', 'K']);
    expect(keyCaps('Shift+ArrowLeft')).toEqual(['Shift', '←']);
  });
});
