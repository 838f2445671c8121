import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What every signal and pattern test must keep, with thousands of draws under their null: `npm run test:calibration`. */
export const contracts = ['test/signals/!(run-signal).test.ts', 'test/tokenmaxxing/!(run-patterns).test.ts']

export default defineConfig({
  resolve: {
    alias: [
      { find: /^washboard$/, replacement: root('src/index.ts') },
      { find: /^washboard\/(protocols|signals|statistics|simulation)$/, replacement: `${root('src')}/$1/index.ts` },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/system/**', 'test/chaos/**', 'test/live/**', ...contracts],
    retry: 0,
    // By default one core is left to others, and half of the time is spent waiting for chains to start.
    maxWorkers: 2,
    // No test changes what another one imports, and loading the same files for each took a quarter of the time.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ['test/support/build-once.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: 'node_modules/.vitest/unit.json' },
  },
})
