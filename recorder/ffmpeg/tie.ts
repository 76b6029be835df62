// Ties a child to us by the kernel where it can be done: when we are gone, however, the kernel kills the child.
// Without it, FFmpeg only notices at its next write, which a stalled camera that still answers never lets it come to.

import { spawnSync } from 'node:child_process';
import { childEnvironment } from './environment.ts';

/** util-linux's setpriv sets prctl(2) PR_SET_PDEATHSIG and then becomes the program itself, under the same number. */
const setpriv = ['setpriv', '--pdeathsig', 'KILL', '--'] as const;
const trialTimeoutMs = 2_000;

let works: boolean | undefined;

/** Other programs of this name (busybox) do not know the option. */
function canTie(): boolean {
  if (process.platform !== 'linux') return false;
  const [program, ...args] = setpriv;
  works ??=
    spawnSync(program, [...args, 'true'], {
      shell: false,
      env: childEnvironment(),
      stdio: 'ignore',
      timeout: trialTimeoutMs,
    }).status === 0;
  return works;
}

/** The command that runs `path` with `args`, tied to this process where the system can do that. */
export function tied(path: string, args: readonly string[]): readonly [string, ...string[]] {
  return canTie() ? [...setpriv, path, ...args] : [path, ...args];
}

/** Why the tied program could not be started, from the words and the exit code of the one that should become it. */
export function tieFailure(code: number | null, words: string): string | undefined {
  if (code !== 126 && code !== 127) return undefined;
  return /^setpriv: failed to execute .*: (.*)$/m.exec(words)?.[1];
}
