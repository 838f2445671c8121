import type { ScenarioOptions } from '../simulation/index.ts'
import { mergedIn } from '../workflows/evaluate-controls.ts'
import { evaluateWorld } from '../workflows/evaluate-world.ts'

/** What a process of its own does for `eval`: audits one world whole, or looks at its clusters alone. */
export type WorkerTask = { readonly way: keyof typeof ways; readonly world: Required<ScenarioOptions> }
export type WorkerAnswer = { readonly value: unknown } | { readonly error: string }

const ways = { whole: evaluateWorld, clusters: mergedIn }

process.on('message', async ({ way, world }: WorkerTask) => {
  const answer: WorkerAnswer = await ways[way](world).then(
    (value) => ({ value }),
    (error: Error) => ({ error: error.message }),
  )
  process.send?.(answer)
})
