// Sealed secrets: they come back, they do not show, and a changed byte is noticed.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileSecretBox } from './secret-box.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lookout-secret-box-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const logged: string[] = [];
const write = (fields: object, message: string) => void logged.push(JSON.stringify([fields, message]));
const keeping = { clock: { nowMs: () => 7 }, log: { info: write, warn: write, error: write } };
const openBox = (file: string) => fileSecretBox(file, keeping);
const keyFile = () => path.join(folder, 'secrets.key');

describe('a file secret box', () => {
  it('gives back what it sealed, also after a restart', () => {
    const sealed = openBox(keyFile()).seal('S3cr3t!Cam');
    expect(openBox(keyFile()).open(sealed)).toBe('S3cr3t!Cam');
    expect(readdirSync(folder)).toEqual(['secrets.key']);
  });

  it.skipIf(process.platform === 'win32')('keeps its key from other users', () => {
    openBox(keyFile());
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
  });

  it('seals any text differently each time and without a trace of it', () => {
    const box = openBox(keyFile());
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 4 }), (text) => {
        const [one, two] = [box.seal(text), box.seal(text)];
        expect(Buffer.from(one).equals(two)).toBe(false);
        expect(Buffer.from(one).includes(text)).toBe(false);
        expect(box.open(one)).toBe(box.open(two));
      }),
    );
  });

  it('refuses what was changed, cut or sealed by another', () => {
    const box = openBox(keyFile());
    const sealed = box.seal('S3cr3t!Cam');
    for (let at = 0; at < sealed.length; at++) {
      const changed = Uint8Array.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => box.open(changed)).toThrow();
      expect(() => box.open(sealed.subarray(0, at))).toThrow();
    }
    expect(() => openBox(path.join(folder, 'other.key')).open(sealed)).toThrow();
  });

  it.each([
    ['cut', 'short'],
    ['empty', ''],
    ['too long', 'k'.repeat(33)],
  ])('puts a key that is %s aside, makes a new one and says so', (_how, content) => {
    writeFileSync(keyFile(), content);
    const sealed = openBox(keyFile()).seal('S3cr3t!Cam');
    expect(openBox(keyFile()).open(sealed)).toBe('S3cr3t!Cam');
    expect(readdirSync(folder).toSorted()).toEqual(['secrets.key', 'secrets.key.damaged-7']);
    expect(readFileSync(`${keyFile()}.damaged-7`, 'utf8')).toBe(content);
    expect(logged.join()).toContain('secrets.key.damaged-7');
  });
});
