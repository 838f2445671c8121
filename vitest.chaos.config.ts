import { defineConfig } from 'vitest/config'
import base from './vitest.config.ts'

export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['test/chaos/**/*.test.ts'],
    exclude: [],
    // The program that is killed is the built one.
    globalSetup: ['test/support/build-once.ts'],
    outputFile: { json: 'node_modules/.vitest/chaos.json' },
  },
})
