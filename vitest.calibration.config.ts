import { mergeConfig } from 'vitest/config'
import unit from './vitest.config.ts'

/** The contracts of signals and pattern tests, with every draw under their null. */
export default mergeConfig(unit, {
  test: {
    env: { WASHBOARD_DRAWS: 'full' },
    testTimeout: 300_000,
    outputFile: { json: 'node_modules/.vitest/calibration.json' },
  },
})
