// A snapshot's file name can be written everywhere and tells camera, moment and zone.
import 'temporal-polyfill/global';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LocalTime } from '../timeline/local-time.ts';
import { safeName, snapshotName } from './snapshot-name.ts';

const berlin = new LocalTime('Europe/Berlin');

describe('snapshotName', () => {
  it('tells camera, local time and offset', () => {
    expect(snapshotName('Gate 1', berlin, Date.UTC(2026, 10, 21, 13, 3, 10, 250))).toBe(
      'Gate 1 2026-11-21 14-03-10.250 UTC+0100.jpg',
    );
    expect(snapshotName('Gate', new LocalTime('Asia/Kathmandu'), 0)).toBe(
      'Gate 1970-01-01 05-30-00.000 UTC+0530.jpg',
    );
    expect(snapshotName('Gate', new LocalTime('America/St_Johns'), Date.UTC(2026, 0, 1, 4))).toBe(
      'Gate 2026-01-01 00-30-00.000 UTC-0330.jpg',
    );
    expect(snapshotName('Gate', new LocalTime('UTC'), 0)).toBe('Gate 1970-01-01 00-00-00.000 UTC.jpg');
  });

  it('tells the hour that comes twice apart', () => {
    const first = Date.UTC(2026, 9, 25, 0, 30);
    expect(snapshotName('G', berlin, first)).toBe('G 2026-10-25 02-30-00.000 UTC+0200.jpg');
    expect(snapshotName('G', berlin, first + 3_600_000)).toBe('G 2026-10-25 02-30-00.000 UTC+0100.jpg');
  });
});

describe('safeName', () => {
  it.each([
    ['../../etc/passwd', 'etc passwd'],
    ['C:\\Windows', 'C Windows'],
    ['a\u0000b\nc', 'a b c'],
    ['\u202egpj.exe', 'gpj.exe'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['-rf', 'rf'],
    ['...', 'Camera'],
    ['   ', 'Camera'],
    ['Tür Süd 3', 'Tür Süd 3'],
    ['搬入口', '搬入口'],
    ['"quoted" <b>', 'quoted b'],
    ['ends. ', 'ends'],
  ])('makes %j %j', (name, expected) => {
    expect(safeName(name)).toBe(expected);
  });

  it('is safe whatever the camera is called', () => {
    const name = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(name, (text) => {
        const file = snapshotName(text, berlin, 1_800_000_000_000);
        expect(file).not.toMatch(/[<>:"/\\|?*\p{Cc}]/u);
        expect(file).toMatch(/^[^.\s-].*\d \d\d-\d\d-\d\d\.\d{3} UTC\+0100\.jpg$|^\S.*UTC\+0100\.jpg$/u);
        expect(file.isWellFormed()).toBe(true);
        expect(new TextEncoder().encode(file).length).toBeLessThanOrEqual(200);
      }),
    );
  });
});
