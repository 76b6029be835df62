// A wall clock that a test sets for one program, by libfaketime in front of the C library; the monotonic clock stays the machine's.

import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Where Debian and its kin keep it: one folder per architecture. */
const libraries = '/usr/lib';

function findLibrary(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  return readdirSync(libraries)
    .map((name) => path.join(libraries, name, 'faketime/libfaketimeMT.so.1'))
    .find((file) => existsSync(file));
}

/** Whether this machine has Debian's package `faketime`. */
export function canSetClock(): boolean {
  return findLibrary() !== undefined;
}

export interface FalseClock {
  /** For the program whose clock it is. */
  readonly environment: Readonly<Record<string, string>>;
  /** What the program takes for now. */
  nowMs(): number;
  /** From now on, to within a second, the program's clock is ahead of the machine's by this much; negative when it is behind. */
  set(aheadMs: number): void;
}

/** `zone` as in TZ; the machine's own when it is left out. */
export function makeFalseClock(folder: string, aheadMs = 0, zone?: string): FalseClock {
  const library = findLibrary();
  if (library === undefined) throw new Error('this machine has no libfaketime');
  const file = path.join(folder, 'clock');
  let ahead = aheadMs;
  const write = () => {
    const seconds = ahead / 1_000;
    writeFileSync(`${file}.new`, `${seconds < 0 ? '' : '+'}${seconds}\n`);
    renameSync(`${file}.new`, file);
  };
  write();
  return {
    environment: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      ...(zone === undefined ? {} : { TZ: zone }),
    },
    nowMs: () => Date.now() + ahead,
    set(aheadNowMs) {
      ahead = aheadNowMs;
      write();
    },
  };
}
