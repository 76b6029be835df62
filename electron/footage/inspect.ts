// Looks at the file of one segment: whether it is there, as long as its row says, and has the same SHA-256.

import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../../recorder/segments/durable.ts';
import type { Damage } from '../catalog/damages.ts';

const bufferBytes = 1024 * 1024;

export interface ExpectedFile {
  /** Below the volume's folder. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: Uint8Array;
}

/** Never rejects; what the disk refuses is `unreadable`. Without `hash` the file is not read. */
export async function inspect(
  volumeFolder: string,
  file: ExpectedFile,
  hash: boolean,
  pace: (readBytes: number) => Promise<void> = async () => {},
): Promise<Damage | 'sound'> {
  const absolute = path.join(volumeFolder, ...file.path.split('/'));
  try {
    const status = await lstat(absolute);
    if (!status.isFile()) return 'missing';
    if (status.size !== file.sizeBytes) return 'size';
    if (!hash) return 'sound';
    return Buffer.compare(await hashOf(absolute, pace), file.sha256) === 0 ? 'sound' : 'hash';
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable';
  }
}

async function hashOf(file: string, pace: (readBytes: number) => Promise<void>): Promise<Buffer> {
  const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(bufferBytes);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, bufferBytes, null);
      if (bytesRead === 0) return hash.digest();
      hash.update(buffer.subarray(0, bytesRead));
      await pace(bytesRead);
    }
  } finally {
    await handle.close();
  }
}
