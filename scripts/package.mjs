// `npm run package [-- arguments of electron-builder]`: builds everything and packs it for this system.
import { hasElectronRuntime } from './downloads.mjs';
import { at, conclude, node, PlainError, run } from './machine.mjs';
import { setUp } from './setup.mjs';

await conclude(async () => {
  const args = process.argv.slice(2);
  await setUp('desktop');
  if (!hasElectronRuntime() && !args.some((arg) => arg.includes('electronDist'))) {
    throw new PlainError(
      "Packing needs Electron's runtime: `node scripts/setup.mjs --for desktop --retry` fetches it.",
    );
  }
  const built = await run(node, [at('scripts/build.mjs')]);
  if (built.code !== 0) return built.code;
  const packed = await run(node, [at('node_modules/electron-builder/cli.js'), '--publish', 'never', ...args]);
  return packed.code;
});
