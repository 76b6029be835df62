// The built interface: the files of one folder, listed once, so that an address can only name what is there.

import { createReadStream, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { codedRefusal, plainRefusal, wantsPage } from './refusals.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

interface InterfaceFile {
  readonly file: string;
  readonly type: string;
  readonly sizeBytes: number;
  readonly cacheControl: string;
}

export class InterfaceFiles {
  readonly #folder: string;
  #files: ReadonlyMap<string, InterfaceFile> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Answers GET and HEAD for a file by its address; `/` is the start page. */
  answer(request: Request): Response {
    const { pathname } = new URL(request.url);
    this.#files ??= listFiles(this.#folder);
    const found = this.#files.get(pathname === '/' ? '/index.html' : pathname);
    if (found === undefined) {
      if (this.#files.size === 0) {
        // Built later is found later.
        this.#files = undefined;
        return plainRefusal(503, 'The interface is not built: run `npm run build`.');
      }
      return wantsPage(request)
        ? plainRefusal(404, 'There is nothing at this address.')
        : codedRefusal('INVALID_INPUT', 'There is nothing at this address.', { status: 404 });
    }
    const body = request.method === 'HEAD' ? null : Readable.toWeb(createReadStream(found.file));
    return new Response(body as ReadableStream | null, {
      headers: {
        'content-type': found.type,
        'content-length': String(found.sizeBytes),
        'cache-control': found.cacheControl,
      },
    });
  }
}

function listFiles(folder: string): Map<string, InterfaceFile> {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return new Map();
  }
  const files = new Map<string, InterfaceFile>();
  for (const name of names) {
    const file = path.join(folder, name);
    const stats = statSync(file);
    if (!stats.isFile()) continue;
    const address = `/${name.split(path.sep).join('/')}`;
    files.set(address, {
      file,
      sizeBytes: stats.size,
      type: types[path.extname(name)] ?? 'application/octet-stream',
      // The build writes a hash of the content into the names below assets/.
      cacheControl: address.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache',
    });
  }
  return files;
}
