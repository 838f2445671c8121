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
import { readUsageAmounts, tallyCosts } from './costs-by-level.ts'
import { countings } from './countings.ts'
import { describeProgramme, type IncentiveProgramme, type ProgrammeSources } from './describe-programme.ts'
import { readGrants } from './grants.ts'
import { missingLevels, ORGANIC_LEVEL, partyLevels, STOPPING_LEVEL } from './levels.ts'
import { levelsAtMost } from './levels-at-most.ts'
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
    ...{ masks, parties, payments, entities, windows: await context.get(programmeWindows) },
    ...{ aimed: await context.get(aimedWindows), usage: await context.get(subjectUsage) },
  }
  const back = new Map<number, bigint>()
  for (const { mark } of returned) back.set(mark.usage, (back.get(mark.usage) ?? 0n) + mark.returned)
  const counting = countings(grants, windows.aimed, { units, payments })
  const levels = partyLevels(masks, payments, parties)
  const levelOf = (programme: number, party: number) => levels[counting[programme]!.side][party]!
  const programmeOf = grants.epochs.map(({ programme }) => programme)
  const standing = {
    levelOf: (row: number) => levelOf(programmeOf[grants.epoch[row]!]!, grants.party[row]!),
    entityOf: entities.of,
  }
  const atMost = levelsAtMost(windows)
  const isAtMost = (row: number) => {
    const side = counting[programmeOf[grants.epoch[row]!]!]!.side
    const party = grants.party[row]!
    return standing.levelOf(row) !== ORGANIC_LEVEL || atMost[side][party] === STOPPING_LEVEL
  }
  const possible = { ...standing, levelOf: (row: number) => (isAtMost(row) ? STOPPING_LEVEL : ORGANIC_LEVEL) }
  const costSources = { grants, payments, entities, units, returned: back, ...(await readUsageAmounts(context)) }
  const own = [...grants.epochs.keys()]
  const costsIn = (groupOf: readonly number[], groups: number) =>
    tallyCosts(costSources, counting, levelOf, groupOf, groups)
  return {
    ...{ seed, grants, windows, counting, missing: missingLevels(scored) },
    whole: {
      grants: tallyGrants(grants, standing, programmeOf, grants.programmes.length),
      possible: tallyGrants(grants, possible, programmeOf, grants.programmes.length),
      costs: costsIn(programmeOf, grants.programmes.length),
    },
    epochs: {
      grants: tallyGrants(grants, standing, own, own.length),
      possible: tallyGrants(grants, possible, own, own.length),
      costs: costsIn(own, own.length),
    },
  }
}

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
