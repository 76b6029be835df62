// Bytes of a stored file as a response body: read as the reader asks, so that memory stays one chunk per request.

import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { absolutePath, type FootageFile } from './service.ts';

/** The most that one body holds in memory; a second of 2 Mbit/s video comes in one read. */
export const chunkBytes = 256 * 1024;

/**
 * Opens a file of the store for reading, or returns undefined when it is missing, is no plain file, is shorter than the
 * catalog says, or is reached over a link: a link in the store leads somewhere nobody recorded.
 */
export async function openStored(file: FootageFile): Promise<FileHandle | undefined> {
  const name = absolutePath(file);
  let handle: FileHandle | undefined;
  try {
    const root = await realpath(file.volumeFolder);
    const folder = path.dirname(path.join(root, ...file.path.split('/')));
    if ((await realpath(folder)) !== folder) return undefined;
    // NONBLOCK: opening a pipe somebody put there must not wait for its writer.
    handle = await open(name, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const state = await handle.stat();
    if (state.isFile() && state.size >= file.sizeBytes) return handle;
  } catch (error) {
    if (!isAbsence(error)) throw error;
  }
  await handle?.close();
  return undefined;
}

function isAbsence(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENXIO';
}

/** Streams `first` to `last` and closes the file at the end, on an error, and when the reader goes away. */
export function fileBody(
  handle: FileHandle,
  first: number,
  last: number,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let position = first;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const wanted = Math.min(chunkBytes, last + 1 - position);
          const { buffer, bytesRead } = await handle.read(new Uint8Array(wanted), 0, wanted, position);
          if (bytesRead === 0) throw new Error('the file became shorter while it was read');
          position += bytesRead;
          controller.enqueue(buffer.subarray(0, bytesRead));
          if (position <= last) return;
          await handle.close();
          controller.close();
        } catch (error) {
          await handle.close();
          throw error;
        }
      },
      cancel: () => handle.close(),
    },
    { highWaterMark: 0 },
  );
}
