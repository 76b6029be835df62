// Where a program of the machine lies.
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Full path of an executable on PATH or where `go install` puts it, or undefined. */
export function findProgram(name: string): string | undefined {
  const { PATH = '', GOBIN, GOPATH } = process.env;
  const goFolders = [GOBIN ?? '', join(GOPATH ?? join(homedir(), 'go'), 'bin')];
  return [...PATH.split(delimiter), ...goFolders]
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
