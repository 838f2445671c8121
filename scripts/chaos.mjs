// Runs the chaos test over a number of seeds: `npm run test:chaos -- --seeds 2000 [--first 1]`, and kills
// so many collections at random moments: `--kills 200`.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: { seeds: { type: 'string' }, first: { type: 'string' }, kills: { type: 'string' } },
})
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')
const env = {
  ...process.env,
  ...(values.seeds === undefined ? {} : { WASHBOARD_CHAOS_SEEDS: values.seeds }),
  ...(values.first === undefined ? {} : { WASHBOARD_CHAOS_FIRST: values.first }),
  ...(values.kills === undefined ? {} : { WASHBOARD_KILLS: values.kills }),
}
const { status } = spawnSync(process.execPath, [vitest, 'run', '--config', 'vitest.chaos.config.ts'], {
  cwd: join(import.meta.dirname, '..'),
  env,
  stdio: 'inherit',
})
process.exitCode = status ?? 1
