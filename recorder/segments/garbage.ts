// The delete procedure from its step 2 on: files that left the ledger leave the disk, and only then the garbage list.

import path from 'node:path';
import { codeOf, type StoreFiles } from './durable.ts';
import type { FootageLedger } from './ledger.ts';
import type { Volume } from './volume.ts';

/**
 * Unlinks every file of the volume's garbage list; one that is gone already counts as unlinked. Returns how many rows
 * it dropped. Fails with the first error of the disk or the ledger; what was not dropped is unlinked next time.
 */
export async function finishGarbage(
  files: StoreFiles,
  volume: Volume,
  ledger: FootageLedger,
): Promise<number> {
  const byFolder = Map.groupBy(ledger.listGarbage(volume.id), (relative) => path.posix.dirname(relative));
  let dropped = 0;
  for (const [folder, relatives] of byFolder) {
    for (const relative of relatives) {
      // Step 2: unlink.
      await files.unlink(path.join(volume.folder, relative)).catch(unlessMissing);
    }
    // Step 3: directory synced.
    await files.syncFolder(path.join(volume.folder, folder)).catch(unlessMissing);
    for (const relative of relatives) {
      // Step 4: garbage row dropped.
      ledger.dropGarbage(volume.id, relative);
      dropped += 1;
    }
  }
  return dropped;
}

function unlessMissing(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error;
}
