// `npm start`: set-up, the interface built when it is older than its sources, then the desktop or the headless station.
import { buildIfOld } from './build-if-old.mjs';
import { electronProgram, hasElectronRuntime } from './downloads.mjs';
import { at, conclude, hasScreen, isRoot, node, ownEnvironment, run, say } from './machine.mjs';
import { setUp } from './setup.mjs';
import { chooseShell } from './setup-plan.mjs';
import { stationEnvironment, stationFlags } from './station-flags.mjs';

/** Words for the store instead of a station: see `electron/commands.ts`. */
const commands = new Set(['check', 'rebuild']);

await conclude(async () => {
  const own = new Set(['--headless', '--retry']);
  const asked = process.argv.slice(2);
  const args = asked.filter((arg) => !own.has(arg));
  const headless = asked.includes('--headless');
  const isCommand = commands.has(asked[0] ?? '');
  const wantsWindow = !headless && !isCommand && hasScreen();

  const stamp = await setUp(wantsWindow ? 'desktop' : 'start', { retry: asked.includes('--retry') });
  if (isCommand) return (await run(node, [at('electron/headless.ts'), ...args])).code;
  const choice = chooseShell({
    headless,
    hasScreen: hasScreen(),
    hasRuntime: hasElectronRuntime(),
    failure: stamp.failedDownloads['electron']?.reason,
  });
  const program = electronProgram();
  if (choice.shell === 'desktop' && program !== undefined) {
    await buildIfOld('desktop');
    // Chromium's sandbox refuses to run as root.
    const { code } = await run(
      program,
      [...(isRoot() ? ['--no-sandbox'] : []), at('dist/main/main.js'), ...args],
      {
        env: ownEnvironment(),
      },
    );
    return code;
  }
  if (choice.shell === 'headless' && choice.line !== undefined) say(choice.line);
  await buildIfOld('headless');
  const { code } = await run(node, [...stationFlags, at('electron/headless.ts'), ...args], {
    env: { ...stationEnvironment, ...ownEnvironment() },
  });
  return code;
});
