// Rules of the house about files: their length, names, first lines, and what they may not speak of.
import { expect, it } from 'vitest';
import { isWritten, root, textOf, trackedFiles } from './tracked-files.ts';

/** Above this a file says more than one thing. */
const longestFileLines = 400;
const longestReadmeLines = 15;

const files = trackedFiles();
const sources = files.filter(
  (file) => /\.(ts|tsx|mts|mjs|cjs|css|py)$/.test(file) && !file.includes('/fixtures/'),
);
const lines = (text: string) => text.replace(/\n$/, '').split('\n').length;

it('sees the repository', () => {
  expect(files).toContain('package.json');
  expect(sources.length).toBeGreaterThan(10);
});

it('a file has at most 400 lines', () => {
  const long = sources.filter((file) => lines(textOf(file)) > longestFileLines);
  expect(long).toEqual([]);
});

it('no name is a grab-bag, and no index file is a barrel', () => {
  const grabBag = /(^|\/)(utils?|helpers?|misc|common|shared)(\.[a-z]+$|\/)|(^|\/)index\.tsx?$/i;
  expect(files.filter((file) => grabBag.test(file))).toEqual([]);
});

it('a source says in its first line what it is', () => {
  const silent = sources.filter((file) => {
    const [first = '', second = ''] = textOf(file).split('\n');
    return !/^(\/\/|\/\*|#|"""|--)/.test(first.startsWith('#!') ? second : first);
  });
  expect(silent).toEqual([]);
});

it('each top folder of ours has a README of at most 15 lines', () => {
  const rooms = [
    'bench',
    'docs',
    'electron',
    'migrations',
    'recorder',
    'renderer',
    'resources',
    'scripts',
    'tests',
  ];
  const there = rooms.filter((room) => files.some((file) => file.startsWith(`${room}/`)));
  const without = there.filter((room) => !files.includes(`${room}/README.md`));
  const long = there.filter(
    (room) => !without.includes(room) && lines(textOf(`${room}/README.md`)) > longestReadmeLines,
  );
  expect({ without, long }).toEqual({ without: [], long: [] });
});

it('nothing speaks of the machine it was written on', () => {
  const homes = /(?:^|[\s'"`(=:])\/(?:root|Users\/[A-Za-z]+|work)\//m;
  const telling = files.filter((file) => {
    if (!isWritten(file) || file === 'package-lock.json') return false;
    const text = textOf(file);
    return text.includes(`${root}/`) || homes.test(text);
  });
  expect(telling).toEqual([]);
});

it('nothing is left marked as unfinished', () => {
  // The words are put together, or this file would find itself.
  const marks = new RegExp(
    `\\b(${['TO', 'FIX', 'XX'].map((word, i) => word + ['DO', 'ME', 'X'][i]).join('|')})\\b`,
  );
  expect(sources.filter((file) => marks.test(textOf(file)))).toEqual([]);
});

it('no test is narrowed to itself, skipped for good, or sleeps', () => {
  const tests = sources.filter((file) => /\.(test|spec)\.tsx?$/.test(file));
  const bad = /\b(?:it|test|describe)\.(?:only|todo)\(|\b(?:it|describe)\.skip\(|waitForTimeout\(/;
  const own = 'tests/rules/files.test.ts';
  expect(tests.filter((file) => file !== own && bad.test(textOf(file)))).toEqual([]);
});
