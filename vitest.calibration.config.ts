import { defineConfig } from 'vitest/config'
import unit, { contracts } from './vitest.config.ts'

/** The contracts of signals and of pattern tests, with every draw under their null. */
export default defineConfig({
  ...unit,
  test: {
    ...unit.test,
    include: contracts,
    exclude: [],
    testTimeout: 300_000,
    outputFile: { json: 'node_modules/.vitest/calibration.json' },
  },
})
