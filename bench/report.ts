// What every bench answers with, and how it is printed and written.

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The other side's value in the same run and unit. */
  readonly other?: number;
  /** value / other. */
  readonly ratio?: number;
  /** In words, e.g. `≤ 1.3×`. */
  readonly aim?: string;
  /** Left out where there is no aim. */
  readonly met?: boolean;
}

export interface Outcome {
  readonly conditions: Readonly<Record<string, string | number>>;
  readonly figures: readonly Figure[];
}

/** A bench: `short` asks for at most 50 s and smaller sizes. */
export type Bench = (options: { readonly short: boolean }) => Promise<Outcome>;

function commit(): string {
  try {
    const dirty = execFileSync('git', ['status', '--porcelain', '-uno'], { encoding: 'utf8' }).trim() !== '';
    return (
      execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim() + (dirty ? '+' : '')
    );
  } catch {
    return 'unknown';
  }
}

/** Cores, processor, memory and the versions that matter. */
function machine(): Record<string, string | number> {
  const first = os.cpus()[0];
  return {
    cores: os.availableParallelism(),
    processor: first?.model.trim() ?? 'unknown',
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()}`,
    node: process.version,
    ffmpeg:
      /version (\S+)/.exec(execFileSync('ffmpeg', ['-version'], { encoding: 'utf8' }))?.[1] ?? 'unknown',
  };
}

const digits = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));

function line(figure: Figure): string {
  const parts = [`${figure.name.padEnd(44)} ${digits(figure.value).padStart(8)} ${figure.unit}`];
  if (figure.other !== undefined) parts.push(`other ${digits(figure.other)}`);
  if (figure.ratio !== undefined) parts.push(`ratio ${figure.ratio.toFixed(2)}`);
  if (figure.aim !== undefined) parts.push(`aim ${figure.aim}: ${figure.met === true ? 'met' : 'not met'}`);
  return parts.join('   ');
}

/** Prints the outcome, as text or as JSON, and writes `bench/results/<name>.json`. */
export function report(name: string, outcome: Outcome, json: boolean): void {
  const result = { bench: name, commit: commit(), machine: machine(), ...outcome };
  const folder = path.join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  if (json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  const facts = (record: Readonly<Record<string, string | number>>) =>
    Object.entries(record)
      .map(([key, value]) => `${key} ${value}`)
      .join(', ');
  process.stdout.write(
    `${name} at ${result.commit}\nmachine: ${facts(result.machine)}\nconditions: ${facts(outcome.conditions)}\n`,
  );
  for (const figure of outcome.figures) process.stdout.write(`  ${line(figure)}\n`);
}

/** The middle of an odd number of values, the lower middle of an even one; RangeError for none. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Nearest-rank percentile, `share` 0..1; RangeError for no values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new RangeError('no values');
  return found;
}
