// The desk's secret box: its key is made once, guarded by the key store, and never by one that only pretends.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fileSecretBox } from '../cameras/secret-box.ts';
import { silentLog } from '../footage/made-upkeep.ts';
import { systemSecretBox } from './secrets.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lookout-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const keeping = { clock: { nowMs: () => 7 }, log: silentLog };
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

/** One that refuses what it did not seal, as they all do. */
function strictKeyStore(): Store {
  const store = keyStore('gnome_libsecret');
  return {
    ...store,
    decryptStringAsync: async (sealed) => {
      if (sealed.length < 4) throw new Error('Error while decrypting the ciphertext provided');
      return store.decryptStringAsync(sealed);
    },
  };
}

it('keeps its key sealed by the key store, and finds it again', async () => {
  const first = await systemSecretBox(folder, keyStore('gnome_libsecret'), 'linux', keeping);
  expect(first?.kind).toBe('system');
  const sealed = first?.seal('S3cr3t!Cam') ?? new Uint8Array();
  const file = path.join(folder, 'secrets.sealed-key');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const kept = readFileSync(file);
  const again = await systemSecretBox(folder, keyStore('gnome_libsecret'), 'linux', keeping);
  expect(again?.open(sealed)).toBe('S3cr3t!Cam');
  expect(readFileSync(file).equals(kept)).toBe(true);
  // The file alone is no key.
  const plain: Store = {
    ...keyStore('gnome_libsecret'),
    decryptStringAsync: async (bytes) => ({ result: bytes.toString(), shouldReEncrypt: false }),
  };
  const other = await systemSecretBox(folder, plain, 'linux', keeping);
  expect(() => other?.open(sealed)).toThrow();
});

it.each([
  ['nothing', ''],
  ['no key', flip(Buffer.from('bm8ga2V5'))],
  ['what the key store cannot open', 'cut'],
])('puts a sealed key aside that holds %s, and makes a new one', async (_what, content) => {
  const file = path.join(folder, 'secrets.sealed-key');
  writeFileSync(file, content);
  const store = strictKeyStore();
  const sealed = (await systemSecretBox(folder, store, 'linux', keeping))?.seal('S3cr3t!Cam');
  const again = await systemSecretBox(folder, store, 'linux', keeping);
  expect(again?.open(sealed ?? new Uint8Array())).toBe('S3cr3t!Cam');
  expect(readFileSync(`${file}.damaged-7`).equals(Buffer.from(content))).toBe(true);
});

it('waits for another start where the key store opens nothing now', async () => {
  const open = keyStore('gnome_libsecret');
  await systemSecretBox(folder, open, 'linux', keeping);
  const locked: Store = { ...open, decryptStringAsync: () => Promise.reject(new Error('locked')) };
  await expect(systemSecretBox(folder, locked, 'linux', keeping)).rejects.toThrow('locked');
  expect(readdirSync(folder)).toEqual(['secrets.sealed-key']);
});

it('leaves it to a key file where there is no real key store', async () => {
  expect(await systemSecretBox(folder, keyStore('basic_text'), 'linux', keeping)).toBeUndefined();
  expect(await systemSecretBox(folder, keyStore('unknown', false), 'win32', keeping)).toBeUndefined();
});

it('goes on with the key file of a headless station, so that its sign-ins stay readable', async () => {
  fileSecretBox(path.join(folder, 'secrets.key'), keeping);
  expect(await systemSecretBox(folder, keyStore('gnome_libsecret'), 'linux', keeping)).toBeUndefined();
});
