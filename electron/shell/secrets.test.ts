// The desk's secret box: its key is made once, guarded by the key store, and never by one that only pretends.

import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fileSecretBox } from '../cameras/secret-box.ts';
import { systemSecretBox } from './secrets.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lookout-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Store = Parameters<typeof systemSecretBox>[1];
const flip = (bytes: Uint8Array) => Buffer.from(bytes.map((byte) => byte ^ 0x5a));

/** A key store that turns bits around; `backend` as Linux names it. */
function keyStore(backend: ReturnType<Store['getSelectedStorageBackend']>, isThere = true): Store {
  return {
    isAsyncEncryptionAvailable: async () => isThere,
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: async (text) => flip(Buffer.from(text)),
    decryptStringAsync: async (sealed) => ({ result: flip(sealed).toString(), shouldReEncrypt: false }),
  };
}

it('keeps its key sealed by the key store, and finds it again', async () => {
  const first = await systemSecretBox(folder, keyStore('gnome_libsecret'), 'linux');
  expect(first?.kind).toBe('system');
  const sealed = first?.seal('S3cr3t!Cam') ?? new Uint8Array();
  const file = path.join(folder, 'secrets.sealed-key');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const kept = readFileSync(file);
  const again = await systemSecretBox(folder, keyStore('gnome_libsecret'), 'linux');
  expect(again?.open(sealed)).toBe('S3cr3t!Cam');
  expect(readFileSync(file).equals(kept)).toBe(true);
  // The file alone is no key.
  await expect(
    systemSecretBox(
      folder,
      {
        ...keyStore('gnome_libsecret'),
        decryptStringAsync: async (bytes) => ({ result: bytes.toString(), shouldReEncrypt: false }),
      },
      'linux',
    ),
  ).rejects.toThrow('damaged');
});

it('leaves it to a key file where there is no real key store', async () => {
  expect(await systemSecretBox(folder, keyStore('basic_text'), 'linux')).toBeUndefined();
  expect(await systemSecretBox(folder, keyStore('unknown', false), 'win32')).toBeUndefined();
});

it('goes on with the key file of a headless station, so that its sign-ins stay readable', async () => {
  fileSecretBox(path.join(folder, 'secrets.key'));
  expect(await systemSecretBox(folder, keyStore('gnome_libsecret'), 'linux')).toBeUndefined();
});
