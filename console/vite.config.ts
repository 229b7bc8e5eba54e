import { defineConfig } from 'vitest/config';
import { fixture } from './test/fixture/plugin.ts';

/** Where a running endpoint is to be asked instead of the fixture: `REPRISE=http://127.0.0.1:8083 npm run dev`. */
const endpoint = process.env['REPRISE'];

export default defineConfig({
  base: '/console/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: false,
    outDir: 'dist',
    // Only the worker lays graphs out; dagre does not say that it can be left out elsewhere.
    rolldownOptions: { treeshake: { moduleSideEffects: (id) => !id.includes('@dagrejs') } },
  },
  worker: { format: 'es' },
  server: endpoint === undefined ? {} : { proxy: { '^/$': endpoint, '/console/api': endpoint } },
  plugins: endpoint === undefined ? [fixture()] : [],
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/**/*.test.ts'], testTimeout: 60_000 } },
      {
        extends: true,
        test: {
          name: 'walks',
          include: ['test/**/*.walk.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 15_000 } },
          fileParallelism: false,
          sequence: { concurrent: false },
        },
      },
    ],
  },
});
