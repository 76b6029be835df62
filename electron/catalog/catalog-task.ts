// What takes long on a catalog, handed to a thread of its own.

import { Worker } from 'node:worker_threads';

export type CatalogTask =
  | { readonly kind: 'check'; readonly file: string }
  /** Copies the catalog, a running one too, into a file that is not there yet; checks the copy and syncs it. */
  | { readonly kind: 'copy'; readonly file: string; readonly to: string };

/** What is wrong with the catalog, or with the copy; undefined when it is sound. */
export interface CatalogTaskResult {
  readonly problem: string | undefined;
}

/** Beside this module in the source tree, and beside the bundle in the packaged program. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './catalog-worker.ts' : './catalog-worker.js',
  import.meta.url,
);

/** Rejects when the task fails, or `signal` ends it: what it was writing may then be half there. */
export function runCatalogTask(task: CatalogTask, signal?: AbortSignal): Promise<CatalogTaskResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile, { workerData: task });
    const end = () => void worker.terminate();
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted === true) end();
    worker.once('message', (result: CatalogTaskResult) => resolve(result));
    worker.once('error', reject);
    worker.once('exit', () => {
      signal?.removeEventListener('abort', end);
      reject(new Error('the task was ended'));
    });
  });
}
