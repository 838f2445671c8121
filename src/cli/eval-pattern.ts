import { evaluatePattern } from '../workflows/pattern/evaluate-pattern.ts'
import type { EvaluatedPattern } from '../workflows/pattern/evaluate-world.ts'
import { renderPattern } from '../workflows/pattern/render-pattern.ts'
import type { EvalWorkers } from './eval-workers.ts'
import { machine } from './machine.ts'
import { type GlobalOptions, note } from './output.ts'

/** A fifth of the worlds for each share of users whose power is measured, and not fewer than one. */
const PATTERN_PART = 5

type PatternFlags = GlobalOptions & { readonly seeds: number; readonly firstSeed: number; readonly jobs: number }

export async function patternsOf(flags: PatternFlags, workers?: EvalWorkers) {
  const { seeds, firstSeed, jobs } = flags
  const evaluation = await evaluatePattern({
    ...{ seeds, firstSeed, jobs, patternSeeds: Math.max(1, Math.round(seeds / PATTERN_PART)) },
    evaluateOne: workers && ((world) => workers.run({ way: 'pattern', world }) as Promise<EvaluatedPattern>),
    progress: (done, total) => {
      if (done % 50 === 0 || done === total) note(`${done} of ${total} worlds`, flags)
    },
  })
  const command = `washboard eval --pattern --seeds ${seeds} --first-seed ${firstSeed}`
  return { evaluation, text: renderPattern(evaluation, machine(), command) }
}
