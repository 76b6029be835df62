// Where the program's own FFmpeg lies, when the optional package that brings it is there.

import { createRequire } from 'node:module';
import path from 'node:path';

/** Path of the binary of `ffmpeg-static`; its download may have failed, so it need not exist. */
export function bundledFfmpeg(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('ffmpeg-static/package.json');
    return path.join(path.dirname(manifest), process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg');
  } catch {
    return undefined;
  }
}
