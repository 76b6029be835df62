// A program in FFmpeg's place: it is FFmpeg for every camera but the test pattern, for which it does what a test tells it to.

import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Impostor {
  /** For the setting `ffmpegPath`. */
  readonly path: string;
  /** Shell commands that are run in place of the test pattern's FFmpeg from now on. */
  become(script: string): void;
}

/** Writes the program into a folder; what it does at first is to end at once. */
export function makeImpostor(folder: string): Impostor {
  const program = path.join(folder, 'ffmpeg-impostor');
  const part = path.join(folder, 'part.sh');
  const become = (script: string) => writeFileSync(part, `${script}\n`);
  become('exit 1');
  const text = `#!/bin/sh
case "$*" in
  *testsrc2*) . ${part} ;;
  *) exec ffmpeg "$@" ;;
esac
`;
  writeFileSync(program, text);
  chmodSync(program, 0o755);
  return { path: program, become };
}
