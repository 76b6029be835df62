// Runs one of our programs in Node 24, once what it needs is set up: `run.mjs <need> <program> [arguments]`.
// A script of package.json cannot do that in two commands: its shell remembers which Node the first one was found in.
import { at, conclude, node, PlainError, run } from './machine.mjs';
import { setUp } from './setup.mjs';
import { needs } from './setup-plan.mjs';

await conclude(async () => {
  const [asked, program = '', ...args] = process.argv.slice(2);
  const need = needs.find((one) => one === asked);
  if (need === undefined) throw new PlainError(`Name what is needed first: ${needs.join(', ')}`);
  await setUp(need);
  return (await run(node, [at(program), ...args])).code;
});
