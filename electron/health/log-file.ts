// The station's log: JSON lines in the data folder, turned over by size, free of credentials.

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import { createStream } from 'rotating-file-stream';
import type { Log } from '../../recorder/model/log.ts';

/** At most this much log is kept: the file being written and the older ones. */
const fileLimit = '10M';
const olderFiles = 5;
/** A longer line is some library's dump; its head says enough. */
const lineLimitChars = 20_000;

const userInfo = /\b([a-z][a-z0-9+.-]*:\/\/)(?:\\.|[^\s/"\\])*@/gi;

/** Takes user and password out of every address in a text. */
export function withoutUserInfo(text: string): string {
  return text.replace(userInfo, '$1');
}

export interface LogFile {
  readonly log: Log;
  /** Resolves when everything is written. */
  close(): Promise<void>;
}

/** Opens `<dataFolder>/logs/lookout.log`. Losing the log (a full disk) never stops the station. */
export function openLog(dataFolder: string): LogFile {
  const folder = path.join(dataFolder, 'logs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = createStream('lookout.log', {
    path: folder,
    size: fileLimit,
    maxFiles: olderFiles,
    mode: 0o600,
  });
  file.on('error', () => {});
  const log = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (level) => ({ level }) } },
    { write: (line: string) => void file.write(bounded(withoutUserInfo(line))) },
  );
  return {
    log,
    close: () =>
      new Promise((resolve) => {
        file.once('error', () => resolve());
        file.end(() => resolve());
      }),
  };
}

function bounded(line: string): string {
  return line.length <= lineLimitChars ? line : `${line.slice(0, lineLimitChars)} …\n`;
}
