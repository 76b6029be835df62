// Sealed secrets: they come back, they do not show, and a changed byte is noticed.

import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
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

const keyFile = () => path.join(folder, 'secrets.key');

describe('a file secret box', () => {
  it('gives back what it sealed, also after a restart', () => {
    const sealed = fileSecretBox(keyFile()).seal('S3cr3t!Cam');
    expect(fileSecretBox(keyFile()).open(sealed)).toBe('S3cr3t!Cam');
    expect(readdirSync(folder)).toEqual(['secrets.key']);
  });

  it.skipIf(process.platform === 'win32')('keeps its key from other users', () => {
    fileSecretBox(keyFile());
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
  });

  it('seals any text differently each time and without a trace of it', () => {
    const box = fileSecretBox(keyFile());
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
    const box = fileSecretBox(keyFile());
    const sealed = box.seal('S3cr3t!Cam');
    for (let at = 0; at < sealed.length; at++) {
      const changed = Uint8Array.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => box.open(changed)).toThrow();
      expect(() => box.open(sealed.subarray(0, at))).toThrow();
    }
    expect(() => fileSecretBox(path.join(folder, 'other.key')).open(sealed)).toThrow();
  });

  it('does not run on a damaged key', () => {
    writeFileSync(keyFile(), 'short');
    expect(() => fileSecretBox(keyFile())).toThrow('damaged');
  });
});
