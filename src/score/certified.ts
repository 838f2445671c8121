import { type AssetTotal, ratio, type ValueBasis } from '../features/value.ts'
import type { SqlRow, TypedColumns } from '../ledger/ledger.ts'
import type { PaymentMark } from '../signals/signal.ts'

/** The measures by which every figure is given. */
export const measures = ['value', 'count', 'units', 'users'] as const
export type Measure = (typeof measures)[number]

/** An amount certified by a rung of the ladder, against what was reported. */
export type Certified =
  | { readonly status: 'measured'; readonly part: bigint; readonly whole: bigint; readonly share: number }
  | { readonly status: 'unavailable'; readonly reason: string }

export type CertifiedMeasures = { readonly [measure in Measure]: Certified }

/** What the shares are taken of: all usage that the network's metric counts. */
export type Reported = {
  readonly usages: number
  readonly assets: readonly AssetTotal[]
  readonly basis: ValueBasis
  readonly units: bigint | null
  readonly consumers: TypedColumns
  readonly unitsReason: string
}

const BASE = 10n ** 13n

/**
 * Certified share of rung W0, and of W1 with W0 inside it, by the four measures (DESIGN §5).
 * By value W1 is what came back; by count and units, payments marked W1; a user takes the rung of half its usage or more.
 */
export function certify(
  reported: Reported,
  self: readonly PaymentMark[],
  returned: readonly { readonly chain: string; readonly asset: string; readonly mark: PaymentMark }[] | null,
): { readonly W0: CertifiedMeasures; readonly W1: CertifiedMeasures | null } {
  const selfUsages = self.map((mark) => mark.usage)
  const selfValue = (asset: AssetTotal) => asset.selfTotal
  const W0 = measureAll(reported, selfUsages, certifiedValue(reported, selfValue, []))
  if (returned === null) return { W0, W1: null }
  const looped = returned.filter(({ mark }) => mark.level === 'W1').map(({ mark }) => mark.usage)
  const flows = returned.map(({ chain, asset, mark }) => ({ chain, asset, amount: mark.returned }))
  return { W0, W1: measureAll(reported, [...selfUsages, ...looped], certifiedValue(reported, selfValue, flows)) }
}

function measureAll(reported: Reported, usages: readonly number[], value: Certified): CertifiedMeasures {
  return {
    value,
    count: measured(BigInt(usages.length), BigInt(reported.usages), 'no usage was counted'),
    units: unitsOf(reported, usages),
    users: usersOf(reported, usages),
  }
}

function measured(part: bigint, whole: bigint, empty: string): Certified {
  if (whole === 0n) return { status: 'unavailable', reason: empty }
  return { status: 'measured', part, whole, share: ratio(part, whole) }
}

function certifiedValue(
  { assets, basis }: Reported,
  selfValue: (asset: AssetTotal) => bigint,
  flows: readonly { readonly chain: string; readonly asset: string; readonly amount: bigint }[],
): Certified {
  if (basis.status === 'unavailable') return basis
  let part = 0n
  let whole = 0n
  for (const asset of assets) {
    whole += basis.weigh(asset.chain, asset.asset, asset.total) ?? 0n
    part += basis.weigh(asset.chain, asset.asset, selfValue(asset)) ?? 0n
  }
  const byAsset = new Map<string, { chain: string; asset: string; amount: bigint }>()
  for (const flow of flows) {
    const sum = byAsset.get(`${flow.chain} ${flow.asset}`) ?? { ...flow, amount: 0n }
    byAsset.set(`${flow.chain} ${flow.asset}`, { ...sum, amount: sum.amount + flow.amount })
  }
  for (const { chain, asset, amount } of byAsset.values()) part += basis.weigh(chain, asset, amount) ?? 0n
  return measured(part, whole, 'the counted usage is worth nothing')
}

function unitsOf(reported: Reported, usages: readonly number[]): Certified {
  if (reported.units === null) return { status: 'unavailable', reason: reported.unitsReason }
  const [a, b, c] = [
    reported.consumers.units_a,
    reported.consumers.units_b,
    reported.consumers.units_c,
  ] as BigInt64Array[]
  let part = 0n
  for (const usage of usages) part += ((a?.[usage] ?? 0n) * BASE + (b?.[usage] ?? 0n)) * BASE + (c?.[usage] ?? 0n)
  return measured(part, reported.units, 'the counted usage has no units')
}

function usersOf(reported: Reported, usages: readonly number[]): Certified {
  const consumer = reported.consumers.consumer_index as Int32Array
  let highest = 0
  for (let usage = 0; usage < consumer.length; usage++) if (consumer[usage]! > highest) highest = consumer[usage]!
  const all = new Int32Array(highest + 1)
  const certified = new Int32Array(highest + 1)
  for (let usage = 0; usage < consumer.length; usage++) if (consumer[usage]! >= 0) all[consumer[usage]!]!++
  for (const usage of usages) {
    const index = consumer[usage] as number
    if (index >= 0) certified[index]!++
  }
  let users = 0
  let part = 0
  for (let i = 0; i <= highest; i++) {
    if (all[i] === 0) continue
    users++
    if ((certified[i] as number) * 2 >= (all[i] as number)) part++
  }
  return measured(BigInt(part), BigInt(users), 'no usage names its consumer')
}

/** Units of all counted usage, or why there are none. Different kinds of units do not add up. */
export function reportedUnits(totals: SqlRow): { readonly units: bigint | null; readonly reason: string } {
  if (Number(totals.with_units) === 0) return { units: null, reason: 'no usage says its units' }
  if (Number(totals.unit_kinds) > 1) return { units: null, reason: 'usages are counted in different kinds of units' }
  return { units: BigInt(totals.units_high ?? 0) * 10n ** 18n + BigInt(totals.units_low ?? 0), reason: '' }
}
