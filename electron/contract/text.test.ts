// What people type: something can be seen of it, and two names that look the same are the same.

import { describe, expect, it } from 'vitest';
import { CameraName, Password, Username } from './shapes.ts';
import { LockInput } from './storage.ts';
import { Line, nameKey, Prose, showsSomething } from './text.ts';

const unseen = ['\u200b', '\u3164', '\u2060\u00ad', '\u2800', '\u034f', '\ufe0f', '\u115f \u200d'];

describe('a text of which nothing can be seen', () => {
  it.each(unseen)('%j is refused', (text) => {
    expect(showsSomething(text)).toBe(false);
    for (const schema of [CameraName, Line(80), Prose(80)])
      expect(schema.safeParse(text).success).toBe(false);
    const lock = { cameraId: crypto.randomUUID(), startMs: 1, endMs: 2, reason: text };
    expect(LockInput.safeParse(lock).error?.issues.map(({ path }) => path)).toEqual([['reason']]);
  });

  it('is not one with joiners in it, as Persian and emoji have them', () => {
    for (const text of ['می\u200cخواهم', '👨\u200d👩\u200d👧', 'ᄀ', '.']) {
      expect(CameraName.parse(text)).toBe(text);
      expect(Prose(80).parse(text)).toBe(text);
    }
  });

  it('may be empty where nothing has to be said', () => {
    expect(Prose(80).parse('')).toBe('');
  });
});

it('a name is known whatever shows nothing in it', () => {
  for (const name of ['Do\u200bor', 'DOOR', 'Ｄｏｏｒ', '\u3164Door\ufe0f', 'D\u00adoor']) {
    expect(nameKey(name)).toBe(nameKey('Door'));
  }
  expect(nameKey('E\u200b\u0301cole')).toBe(nameKey('École'));
  expect(nameKey('Door 2')).not.toBe(nameKey('Door'));
});

it('half a character is none of a user name or a password', () => {
  for (const schema of [Username, Password]) {
    expect(schema.safeParse('a\ud800').success).toBe(false);
    expect(schema.parse('pä$$ 🔑')).toBe('pä$$ 🔑');
  }
});
