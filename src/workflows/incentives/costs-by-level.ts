import type { EntityMap } from '../../clusters/entity-map.ts'
import type { Payments } from '../../features/economy.ts'
import type { FeatureContext } from '../../features/feature.ts'
import type { UsageUnits } from '../../features/usage-units.ts'
import { exactAmounts, type Grants } from './grants.ts'
import { rewardLevels, type Side } from './levels.ts'

/** What the rewarded usage of one level cost in one asset, in its smallest unit. */
export type AssetCost = {
  /** All that was paid, and what of it went to a party of the same entity or provably came back. */
  paid: bigint
  inside: bigint
  returned: bigint
  /** Fees that records tell, and what parties outside the entity kept beside them: together what it cost. */
  fees: bigint
  leakage: bigint
  /** Usages whose amount is not known: what they cost is in none of these. */
  unknown: number
}

/** What the rewarded usage of one level came to. */
export type LevelCosts = {
  readonly assets: Map<number, AssetCost>
  usages: number
  /** What the programme counts of it; NaN: not known. */
  counted: number
  /** By entity: what it cost in each asset, and how much of it counts; doubles, for intervals. */
  readonly byEntity: Map<number, { cost: Map<number, number>; counted: number }>
}

/** Usage by number: network, parties, time, exact amounts, and what the programme counts of each. */
export type CostSources = {
  readonly grants: Grants
  readonly payments: Payments
  readonly entities: EntityMap
  readonly units: UsageUnits
  readonly asset: Int32Array
  readonly gross: (usage: number) => bigint | null
  readonly fees: (usage: number) => bigint | null
  /** What came back, by usage. */
  readonly returned: ReadonlyMap<number, bigint>
}

export async function readUsageAmounts({
  ledger,
}: FeatureContext): Promise<Pick<CostSources, 'asset' | 'gross' | 'fees'>> {
  const columns = await ledger.columns('incentive-usage')
  return {
    asset: columns.asset_index as Int32Array,
    gross: exactAmounts(columns, 'gross'),
    fees: exactAmounts(columns, 'fees'),
  }
}

/** How a programme counts: the side of usage, its number of the network, and what one usage adds. */
export type Counting = { readonly side: Side; readonly protocol: number; readonly of: (usage: number) => number }

/**
 * Costs of the usage that rewarded parties had in the epochs that rewarded it, by group and level as grants are. `levels`: by
 * programme and party. Whoever
 * delivers to others has no cost of usage: they pay it.
 */
export function tallyCosts(
  sources: CostSources,
  counting: readonly Counting[],
  levels: readonly Int8Array[],
  groupOf: readonly number[],
  groups: number,
): readonly LevelCosts[] {
  const { grants, payments, units } = sources
  const tallies = Array.from(
    { length: groups * rewardLevels.length },
    (): LevelCosts => ({ assets: new Map(), usages: 0, counted: 0, byEntity: new Map() }),
  )
  const epochsOf = rewardedEpochs(grants)
  counting.forEach(({ side, protocol, of }, programme) => {
    const party = side === 0 ? payments.payer : payments.payee
    const rewarded = epochsOf[programme]!
    for (let usage = 0; usage < party.length; usage += 1) {
      if (units.protocol[usage] !== protocol || party[usage] === -1) continue
      const epoch = epochAt(grants, rewarded.get(party[usage]!) ?? [], payments.time[usage]!)
      if (epoch === null) continue
      const level = levels[programme]![party[usage]!]!
      addUsage(tallies[groupOf[epoch]! * rewardLevels.length + level]!, sources, { usage, side, counted: of(usage) })
    }
  })
  return tallies
}

/** By programme and party the epochs in which it was rewarded, in the order in which they end. */
function rewardedEpochs({ programmes, epochs, epoch, party }: Grants): Map<number, number[]>[] {
  const found = programmes.map(() => new Map<number, Set<number>>())
  epoch.forEach((one, row) => {
    if (party[row] === -1) return
    const own = found[epochs[one]!.programme]!
    own.set(party[row]!, (own.get(party[row]!) ?? new Set()).add(one))
  })
  const inOrder = (all: Set<number>) => [...all].sort((a, b) => epochs[a]!.to - epochs[b]!.to || a - b)
  return found.map((own) => new Map([...own].map(([one, all]) => [one, inOrder(all)])))
}

/** The one of some epochs that holds a time; null: none does. */
function epochAt({ epochs }: Grants, chosen: readonly number[], time: number): number | null {
  let [low, high] = [0, chosen.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (epochs[chosen[middle]!]!.to <= time) low = middle + 1
    else high = middle
  }
  const found = chosen[low]
  const from = found === undefined ? Number.POSITIVE_INFINITY : (epochs[found]!.from ?? Number.NEGATIVE_INFINITY)
  return found !== undefined && time >= from ? found : null
}

function addUsage(
  tally: LevelCosts,
  { payments, entities, asset: assets, gross, fees, returned }: CostSources,
  { usage, side, counted }: { readonly usage: number; readonly side: Side; readonly counted: number },
): void {
  const [payer, payee] = [payments.payer[usage]!, payments.payee[usage]!]
  const entity = entities.of[side === 0 ? payer : payee]!
  const isInside = payer !== -1 && payee !== -1 && entities.of[payer] === entities.of[payee]
  const asset = assets[usage]!
  const cost = tally.assets.get(asset) ?? { paid: 0n, inside: 0n, returned: 0n, fees: 0n, leakage: 0n, unknown: 0 }
  tally.assets.set(asset, cost)
  tally.usages += 1
  tally.counted += counted
  const own = tally.byEntity.get(entity) ?? { cost: new Map<number, number>(), counted: 0 }
  tally.byEntity.set(entity, own)
  own.counted += counted
  const amount = gross(usage)
  if (amount === null) cost.unknown += 1
  if (amount === null || (side === 1 && !isInside)) return
  const fee = least(fees(usage) ?? 0n, amount)
  const back = isInside ? 0n : least(returned.get(usage) ?? 0n, amount - fee)
  const leakage = isInside ? 0n : amount - fee - back
  cost.paid += amount
  if (isInside) cost.inside += amount - fee
  cost.returned += back
  cost.fees += fee
  cost.leakage += leakage
  own.cost.set(asset, (own.cost.get(asset) ?? 0) + Number(fee + leakage))
}

const least = (a: bigint, b: bigint) => (a < b ? a : b)
