import { defineConfig } from 'vitest/config'
import base from './vitest.config.ts'

export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['test/chaos/**/*.test.ts'],
    exclude: [],
    globalSetup: [],
    outputFile: { json: 'node_modules/.vitest/chaos.json' },
  },
})
