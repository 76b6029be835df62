// `npm run check`: types, format, lint with the import table, and unused code. All of them run, whatever the first says.
import { at, conclude, node, ownEnvironment, run, say } from './machine.mjs';
import { setUp } from './setup.mjs';

const checks = /** @type {const} */ ([
  ['types', at('node_modules/typescript/bin/tsc'), ['-b']],
  ['format', at('node_modules/@biomejs/biome/bin/biome'), ['ci', '--colors=off']],
  ['lint', at('node_modules/oxlint/bin/oxlint'), ['--type-aware', '--deny-warnings']],
  ['unused', at('node_modules/knip/bin/knip.js'), ['--no-progress']],
]);

await conclude(async () => {
  await setUp('packages');
  const failed = [];
  for (const [name, program, args] of checks) {
    say(`── ${name} ──`);
    const { code } = await run(node, [program, ...args], { env: ownEnvironment() });
    if (code !== 0) failed.push(name);
  }
  say(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
});
