import { scoreUsage } from '../../audit/score-usage.ts'
import { auditable, auditContext } from '../../audit.ts'
import { openLedger } from '../../ledger/duckdb.ts'
import { marketOf, type ProgrammeOptions, type Recording, simulateProgramme } from '../../simulation/index.ts'
import { patterns } from '../../tokenmaxxing/index.ts'
import { type PatternOutcome, runPatterns } from '../../tokenmaxxing/run-patterns.ts'
import type { IncentiveSpan, Reward } from '../incentives/describe-span.ts'
import { incentivesIn } from '../incentives/incentives.ts'
import { type PlantedRewards, plantedRewards } from './planted-rewards.ts'

export type PatternWorld = ProgrammeOptions & {
  readonly scenario: string
  /** Whether the incentive lens is held against the truth as well, which needs every signal. */
  readonly withRewards: boolean
}

/** What one test said of one world. */
export type TestedPattern = {
  readonly id: string
  readonly role: 'test' | 'context'
  /** NaN: not testable. */
  readonly pValue: number
  readonly fired: boolean
}

/** An interval that was said of rewards, in the smallest unit. */
export type SaidRewards = { readonly amount: number; readonly low: number; readonly high: number }

export type RewardsWorld = {
  readonly truth: PlantedRewards
  readonly W0: SaidRewards
  readonly W4: SaidRewards
  readonly together: SaidRewards
  /** What went to W0 and W1, and to whoever may be of W0 to W4. */
  readonly L0: number
  readonly U1: number
}

export type EvaluatedPattern = {
  readonly world: PatternWorld
  readonly tests: readonly TestedPattern[]
  readonly rewards: RewardsWorld | null
}

/** Simulates one market with programmes, and holds what is said of it against what it is. */
export async function evaluatePatternWorld(world: PatternWorld): Promise<EvaluatedPattern> {
  const { seed, withRewards } = world
  const recording = simulateProgramme(world)
  const { facts } = marketOf(recording)
  const ledger = await openLedger(':memory:', { threads: 1 })
  try {
    await ledger.append({ facts })
    const context = auditContext(ledger, {})
    const { filled } = await auditable(ledger)
    if (!withRewards)
      return { world, tests: testedOf(await runPatterns(patterns, context, filled, seed)), rewards: null }
    const scored = await scoreUsage(context, filled, { seed })
    const { programmes } = await incentivesIn(context, scored, { seed })
    return { world, tests: testedOf(scored.patterns), rewards: rewardsOf(recording, programmes[0]!.whole) }
  } finally {
    ledger.close()
  }
}

const testedOf = (outcomes: readonly PatternOutcome[]): TestedPattern[] =>
  outcomes.map(({ test: { id, role }, result, fired }) => ({
    ...{ id, role, fired },
    pValue: result.status === 'tested' ? result.pValue : Number.NaN,
  }))

function rewardsOf(recording: Recording, { levels, counter }: IncentiveSpan): RewardsWorld {
  const said = ([one]: readonly Reward[]): SaidRewards =>
    one === undefined ? { amount: 0, low: 0, high: 0 } : { amount: Number(one.amount), low: one.low, high: one.high }
  const ofLevel = (name: string) => said(levels.find(({ level }) => level === name)?.rewards ?? [])
  return {
    truth: plantedRewards(recording),
    W0: ofLevel('W0'),
    W4: ofLevel('W4'),
    together: said(counter.together),
    L0: said(counter.L0).amount,
    U1: said(counter.U1).amount,
  }
}
