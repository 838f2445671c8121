import pLimit from 'p-limit'
import { type EvaluatedPattern, evaluatePatternWorld, type PatternWorld } from './evaluate-world.ts'
import { type PatternRow, patternRows, type Signature, signatureOf } from './pattern-rows.ts'
import { type Coverage, coverageOfRewards } from './reward-coverage.ts'

export type EvaluatePatternOptions = {
  /** Worlds in which rewards are held against the truth. */
  readonly seeds: number
  /** Worlds of each share of users that work for a counter. */
  readonly patternSeeds: number
  readonly firstSeed: number
  readonly progress?: (done: number, total: number) => void
  readonly evaluateOne?: ((world: PatternWorld) => Promise<EvaluatedPattern>) | undefined
  readonly jobs?: number
}

export type PatternEvaluation = {
  readonly options: Pick<EvaluatePatternOptions, 'seeds' | 'patternSeeds' | 'firstSeed'>
  readonly rows: readonly PatternRow[]
  readonly signature: Signature
  /** By where the target lies. */
  readonly coverage: { readonly [target in keyof typeof TARGETS]: Coverage }
}

/** Shares of users that work for a counter where the power of tests is measured; 0: their size. */
export const SHARES = [0, 0.01, 0.05, 0.2] as const
export const USERS = 40
/** Half of these stop at the target, and a quarter each pay themselves or race. */
const ofShare = (share: number) => ({ stoppers: share / 2, padders: share / 4, racers: share / 4 })
/** A target that one of five epochs reaches by need, and one in the middle of what users need. */
export const TARGETS = { high: 6, middle: 3 } as const
/** A staking programme that most join for its reward. */
export const STAKING = { stoppers: 0.45, padders: 0.1, racers: 0 } as const

export async function evaluatePattern(options: EvaluatePatternOptions): Promise<PatternEvaluation> {
  const { seeds, patternSeeds, firstSeed, progress, evaluateOne = evaluatePatternWorld, jobs = 1 } = options
  const worlds = [
    ...worldsOf('high', seeds, firstSeed, { ...STAKING, target: TARGETS.high, withRewards: true }),
    ...worldsOf('middle', patternSeeds, firstSeed, { ...STAKING, target: TARGETS.middle, withRewards: true }),
    ...SHARES.flatMap((share) =>
      worldsOf(scenarioOf(share), patternSeeds, firstSeed, {
        ...{ ...ofShare(share), target: TARGETS.high, withRewards: false },
      }),
    ),
  ]
  const limit = pLimit(jobs)
  let done = 0
  const evaluated = await Promise.all(
    worlds.map((world) =>
      limit(async () => {
        const said = await evaluateOne(world)
        progress?.(++done, worlds.length)
        return said
      }),
    ),
  )
  const of = (scenario: string) => evaluated.filter(({ world }) => world.scenario === scenario)
  const rewardsIn = (name: string) => coverageOfRewards(of(name).flatMap(({ rewards }) => rewards ?? []))
  return {
    options: { seeds, patternSeeds, firstSeed },
    rows: patternRows(
      of(scenarioOf(0)),
      SHARES.slice(1).map((share) => ({ share, worlds: of(scenarioOf(share)) })),
    ),
    signature: signatureOf(of(scenarioOf(0))),
    coverage: { high: rewardsIn('high'), middle: rewardsIn('middle') },
  }
}

const scenarioOf = (share: number) => `programme at ${share}`

function worldsOf(
  scenario: string,
  count: number,
  firstSeed: number,
  plan: Pick<PatternWorld, 'target' | 'stoppers' | 'padders' | 'racers' | 'withRewards'>,
): PatternWorld[] {
  return Array.from({ length: count }, (_, k) => ({ ...plan, scenario, seed: firstSeed + k, users: USERS }))
}
