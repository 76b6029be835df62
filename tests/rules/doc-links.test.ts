// Every link of the documents leads somewhere: to a file of the repository, and to a heading in it.
import path from 'node:path';
import { expect, it } from 'vitest';
import { textOf, trackedFiles } from './tracked-files.ts';

const files = trackedFiles();
const documents = files.filter((file) => file.endsWith('.md'));

/** A heading's anchor as code hosts make it: lower case, words joined by hyphens, other signs dropped. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

function anchorsIn(document: string): string[] {
  return [...textOf(document).matchAll(/^#{1,6}\s+(.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
}

/** Links of a document without those in code, and without those that leave the repository. */
function linksIn(document: string): string[] {
  const prose = textOf(document)
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));
}

/** Whether a link leads to a tracked file, a folder of some, or a heading. */
function leadsSomewhere(document: string, link: string): boolean {
  const [place = '', anchor] = link.split('#');
  const target = place === '' ? document : path.posix.join(path.posix.dirname(document), decodeURI(place));
  const folder = target.endsWith('/') ? target : `${target}/`;
  if (!files.includes(target)) return anchor === undefined && files.some((file) => file.startsWith(folder));
  return anchor === undefined || anchorsIn(target).includes(anchor);
}

it('every link resolves', () => {
  const dead = documents.flatMap((document) =>
    linksIn(document)
      .filter((link) => !leadsSomewhere(document, link))
      .map((link) => `${document}: ${link}`),
  );
  expect(dead).toEqual([]);
});

it('no document cites a line number, which the next change makes wrong', () => {
  const citing = documents.filter((document) =>
    /\.(?:ts|tsx|mjs|sql|py)(?::\d+|#L\d+)/.test(textOf(document)),
  );
  expect(citing).toEqual([]);
});
