// Secrets under seal: AES-256-GCM with a key file that only this user can read. The desktop brings its own box.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { WallClock } from '../../recorder/model/clock.ts';
import type { Log } from '../../recorder/model/log.ts';

/** Seals short texts. `open` throws when the bytes were not sealed by this box, or were changed. */
export interface SecretBox {
  /** `system`: the desk's own key store holds the key; `file`: a file in the data folder does. */
  readonly kind: 'system' | 'file';
  seal(text: string): Uint8Array;
  open(sealed: Uint8Array): string;
}

// sealed = version:u8 (1)  nonce:12 bytes  tag:16 bytes  ciphertext   (NIST SP 800-38D; a fresh random nonce each time)
const version = 1;
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

export interface KeyKeeping {
  readonly clock: WallClock;
  readonly log: Log;
}

/**
 * A box with its key in `keyFile`, made on first use with mode 0600. A file that is no key is put aside and a new one made:
 * what was sealed before is lost with it, but cameras that need no sign-in are recorded all the same.
 */
export function fileSecretBox(keyFile: string, keeping: KeyKeeping): SecretBox {
  const found = readIfThere(keyFile);
  if (found !== undefined && isKey(found)) return secretBox(found, 'file');
  if (found !== undefined) putKeyAside(keyFile, keeping);
  const key = newKey();
  keepSecretFile(keyFile, key);
  return secretBox(key, 'file');
}

/** Keeps a damaged key under another name: someone may have a use for what is left of it. */
export function putKeyAside(keyFile: string, { clock, log }: KeyKeeping): void {
  const aside = `${keyFile}.damaged-${clock.nowMs()}`;
  renameSync(keyFile, aside);
  log.error({ aside: path.basename(aside) }, 'the key of the stored sign-ins is damaged, a new one is made');
}

export function isKey(bytes: Uint8Array): boolean {
  return bytes.length === keyBytes;
}

/** The file's bytes; undefined when there is none. */
export function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export function newKey(): Buffer {
  return randomBytes(keyBytes);
}

/** A box with this key, wherever it is kept. Throws when it is no key. */
export function secretBox(key: Uint8Array, kind: SecretBox['kind']): SecretBox {
  if (!isKey(key)) throw new Error('not a key for stored sign-ins');
  return {
    kind,
    seal(text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Uint8Array.of(version), nonce, cipher.getAuthTag(), body]);
    },
    open(sealed) {
      if (sealed[0] !== version || sealed.length < 1 + nonceBytes + tagBytes)
        throw new Error('not a sealed secret');
      const nonce = sealed.subarray(1, 1 + nonceBytes);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
      decipher.setAuthTag(sealed.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes));
      const body = sealed.subarray(1 + nonceBytes + tagBytes);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    },
  };
}

/**
 * Keeps a key, plain or sealed, with mode 0600. Written whole under another name and linked into place: a crash leaves no
 * half a key, and no key is ever replaced.
 */
export function keepSecretFile(secretFile: string, bytes: Uint8Array): void {
  const draft = `${secretFile}.${process.pid}`;
  rmSync(draft, { force: true });
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  linkSync(draft, secretFile);
  rmSync(draft);
}
