// The figures that the faults are judged by: each is printed, kept for the table of the run, and held against its limit.

import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';

const table = path.resolve(import.meta.dirname, '../../test-results/faults.md');

/** True in the long form, which runs by hand and repeats what chance decides. */
export const isLong = process.env['LOOKOUT_FAULTS'] === 'long';

/** How often a fault of chance is repeated; `variable` of the environment overrules both forms. */
export function repetitions(short: number, long: number, variable: string): number {
  const given = Number(process.env[variable] ?? Number.NaN);
  if (Number.isSafeInteger(given) && given > 0) return given;
  return isLong ? long : short;
}

/** Adds a line to `test-results/faults.md`; figures are rounded, what is no number is taken as it is. */
export function report(fault: string, figure: string, value: number | string, limit: string): void {
  const shown = typeof value === 'number' ? String(Math.round(value * 10) / 10) : value;
  const line = `| ${fault} | ${figure} | ${shown} | ${limit} |`;
  mkdirSync(path.dirname(table), { recursive: true });
  appendFileSync(table, `${line}\n`);
  console.log(line);
}

/** Reports a figure and fails when it is over its limit. */
export function expectAtMost(
  fault: string,
  figure: string,
  value: number,
  limit: number,
  unit: string,
): void {
  report(fault, figure, `${Math.round(value * 10) / 10} ${unit}`, `≤ ${limit} ${unit}`);
  expect(value, `${fault}: ${figure}`).toBeLessThanOrEqual(limit);
}
