// Rates are those of the last five seconds.
import { describe, expect, it } from 'vitest';
import { Throughput } from './throughput.ts';

describe('Throughput', () => {
  it('counts frames the callback missed, and goes on when the count begins anew', () => {
    const rates = new Throughput();
    for (let frame = 0; frame <= 20; frame += 1) rates.shown(1 + frame * 2, 1_000 + frame * 80);
    expect(rates.framesPerSecond(2_600)).toBeCloseTo(25, 5);
    rates.shown(1, 2_640);
    expect(rates.framesPerSecond(2_640)).toBeCloseTo(25, 5);
  });

  it('forgets what is older than the window', () => {
    const rates = new Throughput();
    rates.received(5_000_000, 0);
    rates.received(250_000, 4_000);
    rates.received(250_000, 6_000);
    expect(rates.bitsPerSecond(6_000)).toBe(800_000);
    expect(rates.bitsPerSecond(60_000)).toBe(0);
  });
});
