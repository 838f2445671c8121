import type { ScenarioOptions } from '../simulation/index.ts'
import { mergedIn } from '../workflows/evaluate-controls.ts'
import { evaluateWorld } from '../workflows/evaluate-world.ts'
import { evaluatePatternWorld, type PatternWorld } from '../workflows/pattern/evaluate-world.ts'

/** What a process of its own does for `eval`: audits one world whole, or looks at its clusters or its programmes alone. */
export type WorkerTask =
  | { readonly way: 'whole' | 'clusters'; readonly world: Required<ScenarioOptions> }
  | { readonly way: 'pattern'; readonly world: PatternWorld }
export type WorkerAnswer = { readonly value: unknown } | { readonly error: string }

function evaluated(task: WorkerTask): Promise<unknown> {
  if (task.way === 'pattern') return evaluatePatternWorld(task.world)
  return task.way === 'clusters' ? mergedIn(task.world) : evaluateWorld(task.world)
}

process.on('message', async (task: WorkerTask) => {
  const answer: WorkerAnswer = await evaluated(task).then(
    (value) => ({ value }),
    (error: Error) => ({ error: error.message }),
  )
  process.send?.(answer)
})
