// Delays between attempts.

import { describe, expect, it } from 'vitest';
import { Backoff } from './backoff.ts';

const middle = () => 0.5;

describe('Backoff', () => {
  it('doubles up to a minute', () => {
    const backoff = new Backoff(middle);
    const delays = Array.from({ length: 10 }, () => backoff.next('unreachable', 0));
    expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('spreads by 20 % both ways', () => {
    expect(new Backoff(() => 0).next('refused', 0)).toBe(400);
    expect(new Backoff(() => 1).next('refused', 0)).toBeCloseTo(600);
  });

  it('comes back at once after a session that showed pictures, and starts afresh', () => {
    const backoff = new Backoff(middle);
    for (let n = 0; n < 8; n++) backoff.next('timed-out', 0);
    expect(backoff.next('recorder-ended', 5_000)).toBe(250);
    expect(backoff.next('unreachable', 0)).toBe(500);
  });

  it('starts afresh for another camera', () => {
    const backoff = new Backoff(middle);
    for (let n = 0; n < 8; n++) backoff.next('timed-out', 0);
    backoff.forget();
    expect(backoff.next('timed-out', 0)).toBe(500);
  });

  it('slows down a recorder that always ends right away', () => {
    const backoff = new Backoff(middle);
    expect([1, 2, 3].map(() => backoff.next('recorder-ended', 900))).toEqual([500, 1_000, 2_000]);
  });

  it('never tries a wrong password again within a minute', () => {
    expect(new Backoff(() => 0).next('wrong-password', 0)).toBe(60_000);
    expect(new Backoff(() => 1).next('wrong-password', 9_000)).toBe(72_000);
  });
});
