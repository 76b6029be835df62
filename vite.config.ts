// One build for the three places our code runs in: the window, Electron's main process, and the preload script.
import { builtinModules } from 'node:module';
import path from 'node:path';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions } from 'vite';

const at = (relative: string) => path.resolve(import.meta.dirname, relative);

/** Modules that stay outside the bundle: Electron brings its own, better-sqlite3 finds its native half by its folder. */
const external = ['electron', 'better-sqlite3'];

function nodeSide(
  input: Record<string, string>,
  outDir: string,
  extension: 'js' | 'cjs',
): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: {
      conditions: ['node', 'module-sync', 'import', 'default'],
      builtins: ['electron', /^electron\//, /^node:/, ...builtinModules],
      noExternal: true,
      external,
    },
    build: {
      ssr: true,
      outDir: at(outDir),
      emptyOutDir: true,
      // The window's public files are none of theirs.
      copyPublicDir: false,
      target: 'node24',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input,
        platform: 'node',
        external,
        output: { format: extension === 'cjs' ? 'cjs' : 'es', entryFileNames: `[name].${extension}` },
      },
    },
  };
}

export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react(), tailwind()],
  environments: {
    client: {
      build: {
        outDir: at('dist/renderer'),
        emptyOutDir: true,
        target: 'chrome150',
        // Read from the disk of the same machine: one large chunk costs nothing there.
        chunkSizeWarningLimit: 3_000,
        rolldownOptions: {
          input: at('renderer/index.html'),
          // In one chunk with zod, its set-up has run before any other chunk makes a schema.
          output: {
            codeSplitting: { groups: [{ name: 'schemas', test: /node_modules[\\/]zod[\\/]|schema-setup/ }] },
          },
        },
      },
    },
    main: nodeSide(
      { main: at('electron/main.ts'), 'catalog-worker': at('electron/catalog/catalog-worker.ts') },
      'dist/main',
      'js',
    ),
    // A sandboxed preload script must be CommonJS.
    preload: nodeSide({ preload: at('electron/preload.ts') }, 'dist/preload', 'cjs'),
  },
});
