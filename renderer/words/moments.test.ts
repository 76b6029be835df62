// Amounts read like those on a disk's box; the time is always of 24 hours.
import { describe, expect, it } from 'vitest';
import { byteAmount, clockTime, sinceTime } from './moments.ts';

describe('byteAmount', () => {
  it('shows three digits in decimal units', () => {
    expect([0, 999, 1_000, 12_345, 999_499, 999_500, 1.82e12, 4e15].map(byteAmount)).toEqual([
      '0 B',
      '999 B',
      '1.00 kB',
      '12.3 kB',
      '999 kB',
      '1.00 MB',
      '1.82 TB',
      '4.00 PB',
    ]);
  });
});

describe('sinceTime', () => {
  it('names the day only when it is another', () => {
    const noon = new Date(2026, 10, 21, 12, 0, 0).getTime();
    expect(clockTime(noon + 12 * 3_600_000)).toBe('00:00:00');
    expect(sinceTime(noon - 5_000, noon)).toBe('11:59:55');
    expect(sinceTime(noon - 86_400_000, noon)).toContain('20');
  });
});
