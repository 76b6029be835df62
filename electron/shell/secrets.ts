// Secrets sealed by the desktop's own key store (Keychain, DPAPI, libsecret) through Electron's safeStorage.

import type { SafeStorage } from 'electron';
import type { SecretBox } from '../cameras/secret-box.ts';

/**
 * The system's secret box, or undefined where it would only pretend: on a Linux desk without a key ring safeStorage
 * "encrypts" with a fixed password (`basic_text`), and a file key of our own is the better lock.
 */
export function systemSecretBox(safeStorage: SafeStorage, platform: NodeJS.Platform): SecretBox | undefined {
  if (!safeStorage.isEncryptionAvailable()) return undefined;
  if (platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return undefined;
  return {
    kind: 'system',
    seal: (text) => safeStorage.encryptString(text),
    open: (bytes) => safeStorage.decryptString(Buffer.from(bytes)),
  };
}
