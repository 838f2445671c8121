import { type ScoredUsage, scoreUsage } from '../../audit/score-usage.ts'
import { auditable, auditContext } from '../../audit.ts'
import { entityMap } from '../../clusters/entity-map.ts'
import { ConfigError } from '../../errors.ts'
import { aimedWindows } from '../../features/aimed-windows.ts'
import { economy } from '../../features/economy.ts'
import type { FeatureContext } from '../../features/feature.ts'
import { programmeWindows } from '../../features/programme-windows.ts'
import { calendar } from '../../features/programmes.ts'
import { subjectUsage } from '../../features/subject-usage.ts'
import { usageUnits } from '../../features/usage-units.ts'
import type { Price } from '../../features/value.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { STOPS } from '../../score/payment-masks.ts'
import { readUsageAmounts, tallyCosts } from './costs-by-level.ts'
import { countings } from './countings.ts'
import { describeProgramme, type IncentiveProgramme, type ProgrammeSources } from './describe-programme.ts'
import type { Tallied } from './describe-span.ts'
import { type Epoch, type Grants, readGrants } from './grants.ts'
import { missingLevels, ORGANIC_LEVEL, partyLevels, STOPPING_LEVEL } from './levels.ts'
import { masksAtMost } from './masks-at-most.ts'
import { tallyGrants } from './rewards-by-level.ts'
import type { WhatIf } from './what-if.ts'

export type IncentiveOptions = {
  /** UTC ms, [from, to): usage that counts in it, and what was granted in it; null or absent: no bound. */
  readonly from?: number | null
  readonly to?: number | null
  /** Seeds every random stream. Default 1. */
  readonly seed?: number
  readonly prices?: readonly Price[]
  readonly allowGaps?: boolean
  /** One programme alone, by its name. */
  readonly programme?: string | undefined
  readonly whatIf?: readonly WhatIf[]
}

/** Where rewards of usage went, what that usage cost, and what other terms would change; no verdict on anybody. */
export type Incentives = {
  readonly seed: number
  /** UTC ms; null: no bound. */
  readonly window: { readonly from: number | null; readonly to: number | null }
  readonly gas: { readonly status: 'unavailable'; readonly reason: string }
  readonly programmes: readonly IncentiveProgramme[]
  /** Programmes that the ledger names and knows no grant of. */
  readonly without: readonly { readonly programme: string; readonly reason: string }[]
}

/**
 * The incentive lens. A pure function of ledger and options: rewards are summed exactly, asset by asset, and go with the
 * level that the usage of their recipient takes on the ladder.
 */
export async function incentives(ledger: Ledger, options: IncentiveOptions = {}): Promise<Incentives> {
  const { from = null, to = null, seed = 1, prices } = options
  const { filled } = await auditable(ledger, options.allowGaps)
  const context = auditContext(ledger, { from, to, ...(prices && { prices }) })
  return incentivesIn(context, await scoreUsage(context, filled, { seed }), options)
}

/** The same for whoever looks at the score as well. */
export async function incentivesIn(
  context: FeatureContext,
  scored: ScoredUsage,
  { seed = 1, programme, whatIf = [] }: Pick<IncentiveOptions, 'seed' | 'programme' | 'whatIf'>,
): Promise<Incentives> {
  const sources = await readSources(context, scored, seed)
  const { programmes } = sources.grants
  const isWanted = (name: string) => programme === undefined || name === programme
  const known = (await context.get(calendar)).programmes.map((one) => one.programme)
  const absent = known.filter((name) => isWanted(name) && !programmes.some((one) => one.programme === name))
  const chosen = [...programmes.keys()].filter((p) => isWanted(programmes[p]!.programme))
  if (chosen.length + absent.length === 0)
    throw noProgramme(programme, [...programmes.map((one) => one.programme), ...known])
  return {
    seed,
    window: context.window,
    gas: { status: 'unavailable', reason: 'a ledger holds no gas, so that costs are without it' },
    programmes: chosen.map((p) => describeProgramme(sources, p, whatIf)),
    without: absent.map((name) => ({
      programme: name,
      reason: 'the ledger holds neither its rewards nor windows that tell a reward',
    })),
  }
}

async function readSources(context: FeatureContext, scored: ScoredUsage, seed: number): Promise<ProgrammeSources> {
  const { payments, parties } = await context.get(economy)
  const [entities, units] = [await context.get(entityMap), await context.get(usageUnits)]
  const grants = await readGrants(context)
  const { masks, returned } = scored.score
  const windows = {
    ...{ masks, payments, entities, windows: await context.get(programmeWindows) },
    ...{ aimed: await context.get(aimedWindows), usage: await context.get(subjectUsage) },
  }
  const back = new Map<number, bigint>()
  for (const { mark } of returned) back.set(mark.usage, (back.get(mark.usage) ?? 0n) + mark.returned)
  const counting = countings(grants, windows.aimed, { units, payments })
  const running = counting.map(({ protocol }, p) => {
    const span = spanOf(grants, p)
    return (usage: number) => units.protocol[usage] === protocol && isWithin(payments.time[usage]!, span)
  })
  const levelsBy = (said: Int32Array) =>
    counting.map(({ side }, p) => partyLevels(said, payments, parties, { side, isRunning: running[p]! }))
  const stopsIn = (said: Int32Array, p: number) =>
    said.some((mask, usage) => (mask & STOPS) !== 0 && running[p]!(usage))
  const standing = { levels: levelsBy(masks), possible: levelsBy(masksAtMost(windows)), entityOf: entities.of }
  const costs = { grants, payments, entities, units, returned: back, ...(await readUsageAmounts(context)) }
  const programmeOf = grants.epochs.map(({ programme }) => programme)
  const tallied = (groupOf: readonly number[], groups: number): Tallied => ({
    ...tallyStanding(grants, standing, groupOf, groups),
    costs: tallyCosts(costs, counting, standing.levels, groupOf, groups),
  })
  return {
    ...{ seed, grants, windows, counting, missing: missingLevels(scored) },
    stopsFound: counting.map((_, p) => stopsIn(masks, p)),
    whole: tallied(programmeOf, grants.programmes.length),
    epochs: tallied([...grants.epochs.keys()], grants.epochs.length),
  }
}

type Levels = readonly Int8Array[]
type Standing = { readonly levels: Levels; readonly possible: Levels; readonly entityOf: Int32Array }

/** Grants by the level of their recipients; and those who may be of W0 to W4, under W4, apart from all others. */
function tallyStanding(
  grants: Grants,
  { levels, possible, entityOf }: Standing,
  groupOf: readonly number[],
  groups: number,
) {
  const levelIn = (of: Levels, row: number) => of[grants.epochs[grants.epoch[row]!]!.programme]![grants.party[row]!]!
  const levelOf = (row: number) => levelIn(levels, row)
  const isPossible = (row: number) => levelOf(row) !== ORGANIC_LEVEL || levelIn(possible, row) === STOPPING_LEVEL
  const atMost = (row: number) => (isPossible(row) ? STOPPING_LEVEL : ORGANIC_LEVEL)
  const tallyBy = (of: (row: number) => number) => tallyGrants(grants, { levelOf: of, entityOf }, groupOf, groups)
  return { grants: tallyBy(levelOf), stopping: tallyBy((row) => levelIn(possible, row)), possible: tallyBy(atMost) }
}

type Span = Pick<Epoch, 'from' | 'to'>

/** From the first epoch of a programme to its last. */
function spanOf({ epochs }: Grants, programme: number): Span {
  const own = epochs.filter((epoch) => epoch.programme === programme)
  return { from: own[0]!.from, to: own.reduce((last, { to }) => Math.max(last, to), 0) }
}

const isWithin = (time: number, { from, to }: Span) => time < to && (from === null || time >= from)

function noProgramme(wanted: string | undefined, names: readonly string[]): ConfigError {
  if (wanted !== undefined && names.length > 0)
    return new ConfigError(`The ledger knows no programme ${wanted}.`, {
      details: [`It knows ${[...new Set(names)].slice(0, 10).join(', ')}.`],
      fix: 'Name one of them as it is written, or leave --programme out for all.',
    })
  return new ConfigError('The ledger knows no programme that rewards usage.', {
    fix: 'Collect a network that declares its programmes, or import rewards: `washboard import --table rewards`.',
  })
}
