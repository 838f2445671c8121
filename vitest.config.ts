import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      { find: /^washboard$/, replacement: root('src/index.ts') },
      { find: /^washboard\/(protocols|signals|statistics|simulation)$/, replacement: `${root('src')}/$1/index.ts` },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/system/**', 'test/chaos/**', 'test/live/**'],
    retry: 0,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ['test/support/build-once.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: 'node_modules/.vitest/unit.json' },
  },
})
