// Builds the places our code runs in: `build.mjs [client] [main] [preload]`, all of them when none is named.
import { createBuilder } from 'vite';
import { at } from './machine.mjs';

const names = process.argv.slice(2);
const builder = await createBuilder({ configFile: at('vite.config.ts'), logLevel: 'warn' });
const wanted = names.length === 0 ? ['client', 'main', 'preload'] : names;
for (const name of wanted) {
  const environment = builder.environments[name];
  if (environment === undefined) throw new Error(`There is no ${name} to build.`);
  await builder.build(environment);
}
