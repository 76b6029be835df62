// `npm run bench -- <name> [--json] [--short]`: runs one bench and reports it.

import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfOld } from '../scripts/build-if-old.mjs';
import { type Bench, report } from './report.ts';

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false }, short: { type: 'boolean', default: false } },
  allowPositionals: true,
});

const suffix = '.bench.ts';
const name = positionals[0] ?? '';
const file = path.join(import.meta.dirname, name + suffix);
if (!/^[a-z-]+$/.test(name) || !existsSync(file)) {
  const known = readdirSync(import.meta.dirname).filter((one) => one.endsWith(suffix));
  process.stderr.write(`Name one of: ${known.map((one) => one.slice(0, -suffix.length)).join(', ')}\n`);
  process.exit(2);
}
// Benches of the page measure the one of these sources.
await buildIfOld('headless');
const { bench } = (await import(file)) as { bench: Bench };
report(name, await bench({ short: values.short }), values.json);
