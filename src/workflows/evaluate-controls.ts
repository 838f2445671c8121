import pLimit from 'p-limit'
import { walletClusters } from '../clusters/wallet-clusters.ts'
import { featureCache } from '../features/feature.ts'
import { openLedger } from '../ledger/duckdb.ts'
import { marketOf, type ScenarioOptions, simulateScenario } from '../simulation/index.ts'
import { compareClusters, type Tallies } from './compare-clusters.ts'
import { type BoundedTally, boundedTally, type EvaluateOptions } from './evaluate.ts'

export type ControlsOptions = Omit<EvaluateOptions, 'shares' | 'progress' | 'evaluateOne'> & {
  readonly share: number
  /** Told after each world. */
  readonly progress?: (done: number, total: number) => void
  readonly evaluateOne?: ((world: Required<ScenarioOptions>) => Promise<Tallies>) | undefined
}

/** What clusters make of honest owners, class by class. */
export type ControlsEvaluation = {
  readonly options: Omit<ControlsOptions, 'progress' | 'evaluateOne' | 'jobs'>
  readonly worlds: number
  /** The highest bound first; the number of worlds that hold the class, and of those in which one of it was merged. */
  readonly controls: readonly {
    readonly control: string
    readonly owners: BoundedTally
    readonly worlds: number
    readonly flaggedWorlds: number
  }[]
  readonly seconds: number
}

/**
 * Clusters the wallets of many markets and counts, of each honest class, the owners who stand in a cluster with somebody
 * else's wallet. Nothing else is audited, so that there is time for many worlds; no two of them have one seed.
 */
export async function evaluateControls(options: ControlsOptions): Promise<ControlsEvaluation> {
  const { progress, evaluateOne = mergedIn, jobs = 1, ...said } = options
  const { scenarios, share, firstSeed, seeds, records } = options
  const started = performance.now()
  const limit = pLimit(jobs)
  const count = seeds * scenarios.length
  let done = 0
  const worlds = await Promise.all(
    Array.from({ length: count }, (_, k) =>
      limit(async () => {
        const scenario = scenarios[k % scenarios.length]!
        const tallies = await evaluateOne({ scenario, share, seed: firstSeed + k, records, days: 90 })
        progress?.(++done, count)
        return tallies
      }),
    ),
  )
  const names = [...new Set(worlds.flatMap((world) => Object.keys(world)))]
  const controls = names.map((control) => {
    const tallies = worlds.flatMap((world) => world[control] ?? [])
    const flaggedWorlds = tallies.filter(({ flagged }) => flagged > 0).length
    return { control, owners: boundedTally(tallies), worlds: tallies.length, flaggedWorlds }
  })
  controls.sort((a, b) => b.owners.upper - a.owners.upper)
  return { options: said, worlds: worlds.length, controls, seconds: (performance.now() - started) / 1000 }
}

/** Honest owners of one market by class, and those who are merged with somebody else. */
export async function mergedIn(options: Required<ScenarioOptions>): Promise<Tallies> {
  const { share, ...unshared } = options
  const recording = simulateScenario(options.scenario === 'market' ? unshared : options)
  const { facts, truth } = marketOf(recording)
  const ledger = await openLedger(':memory:', { threads: 1 })
  try {
    await ledger.append({ facts })
    const clusters = await featureCache(ledger, { from: null, to: null }).get(walletClusters)
    return compareClusters(recording, truth.payments, clusters).mergedByControl
  } finally {
    ledger.close()
  }
}
