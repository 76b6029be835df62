// Where the program's own FFmpeg lies, when the optional package that brings it is there.

import { createRequire } from 'node:module';
import path from 'node:path';

/** Electron's own, of the packed program as well as of one that is built beside its sources; undefined without it. */
const { resourcesPath } = process as { readonly resourcesPath?: string };
const program = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';

/**
 * Path of the binary of `ffmpeg-static`; its download may have failed, so it need not exist. The packed program has the
 * binary beside its archive instead of the package (electron-builder.yml, `extraResources`).
 */
export function bundledFfmpeg(from = import.meta.url, resources = resourcesPath): string | undefined {
  try {
    const manifest = createRequire(from).resolve('ffmpeg-static/package.json');
    return path.join(path.dirname(manifest), program);
  } catch {
    return resources === undefined ? undefined : path.join(resources, 'ffmpeg', program);
  }
}
