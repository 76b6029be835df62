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
  const key = readKey(keyFile) ?? makeKey(keyFile);
  return {
    kind: 'file',
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

function readKey(keyFile: string): Buffer | undefined {
  let key: Buffer;
  try {
    key = readFileSync(keyFile);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  if (key.length !== keyBytes) throw new Error('the key file for stored sign-ins is damaged');
  return key;
}

/** Written whole under another name and linked into place: a crash leaves no half a key, and no key is ever replaced. */
function makeKey(keyFile: string): Buffer {
  const key = randomBytes(keyBytes);
  const draft = `${keyFile}.${process.pid}`;
  rmSync(draft, { force: true });
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, key);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  linkSync(draft, keyFile);
  rmSync(draft);
  return key;
}
