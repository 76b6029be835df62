// The files of the repository as git would commit them: tracked, or new and not ignored, and still there.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** Paths from the repository's folder, with `/`, sorted. */
export function trackedFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed
    .split('\0')
    .filter((file) => file !== '' && existsSync(path.join(root, file)))
    .sort();
}

/** The text of a tracked file. */
export function textOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** Whether a file is text that somebody wrote, so that the rules of writing hold for it. */
export function isWritten(file: string): boolean {
  return (
    /\.(ts|tsx|mts|mjs|cjs|css|md|json|jsonc|yml|yaml|sql|html|sh|py)$/.test(file) || !/\.[^/]+$/.test(file)
  );
}
