// Secrets sealed with a key that the desk's own key store (Keychain, DPAPI, libsecret) guards, through Electron's safeStorage.

import path from 'node:path';
import type { SafeStorage } from 'electron';
import {
  isKey,
  type KeyKeeping,
  keepSecretFile,
  newKey,
  putKeyAside,
  readIfThere,
  type SecretBox,
  secretBox,
} from '../cameras/secret-box.ts';

/** What of safeStorage is used; its other calls block the main process and are deprecated. */
type KeyStore = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

/**
 * The desk's secret box, or undefined where a key file of our own is to be used: the folder has one already (it was made
 * by a headless station), there is no key store, or the key store only pretends: on a Linux desk without a key ring
 * safeStorage "encrypts" with a fixed password (`basic_text`). A damaged key is put aside and a new one made; rejects when the key store refuses to open the key.
 */
export async function systemSecretBox(
  dataFolder: string,
  store: KeyStore,
  platform: NodeJS.Platform,
  keeping: KeyKeeping,
): Promise<SecretBox | undefined> {
  if (readIfThere(path.join(dataFolder, 'secrets.key')) !== undefined) return undefined;
  if (platform === 'linux' && store.getSelectedStorageBackend() === 'basic_text') return undefined;
  if (!(await store.isAsyncEncryptionAvailable())) return undefined;
  const sealedFile = path.join(dataFolder, 'secrets.sealed-key');
  const sealed = readIfThere(sealedFile);
  if (sealed !== undefined) {
    const known = await openKey(sealed, store);
    if (known !== undefined) return secretBox(known, 'system');
    putKeyAside(sealedFile, keeping);
  }
  const key = newKey();
  keepSecretFile(sealedFile, await store.encryptStringAsync(key.toString('base64')));
  return secretBox(key, 'system');
}

/** The key; undefined when the file is damaged. Rejects when the key store opens nothing now: it may do so another time. */
async function openKey(sealed: Buffer, store: KeyStore): Promise<Buffer | undefined> {
  try {
    const { result } = await store.decryptStringAsync(sealed);
    const key = Buffer.from(result, 'base64');
    return isKey(key) ? key : undefined;
  } catch {
    // A key store that opens what it has just sealed is neither locked nor away.
    await store.decryptStringAsync(await store.encryptStringAsync('Lookout'));
    return undefined;
  }
}
