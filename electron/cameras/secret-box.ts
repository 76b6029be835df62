// Secrets under seal: AES-256-GCM with a key file that only this user can read. The desktop brings its own box.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';

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

/** A box with its key in `keyFile`, made on first use with mode 0600. Throws when the file is not a key. */
export function fileSecretBox(keyFile: string): SecretBox {
  const known = readIfThere(keyFile);
  const key = known ?? newKey();
  if (known === undefined) keepSecretFile(keyFile, key);
  return secretBox(key, 'file');
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
  if (key.length !== keyBytes) throw new Error('the key file for stored sign-ins is damaged');
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
