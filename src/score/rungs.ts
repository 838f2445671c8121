import { WashboardError } from '../errors.ts'
import { ratio } from '../features/value.ts'
import type { SqlRow } from '../ledger/ledger.ts'
import type { PaymentMark } from '../signals/signal.ts'
import { type Certified, type CertifiedMeasures, measures, type Reported } from './certified.ts'
import { LINKED, NAMED, ORGANIC, RETURNED, SELF, STOPS } from './payment-masks.ts'

/** What the test of bunching has to say of usage, for W4. `notes`: one sentence a target. */
export type CounterUsage =
  | { readonly status: 'measured'; readonly usages: Int32Array; readonly notes: readonly string[] }
  | { readonly status: 'unavailable'; readonly reason: string }

/**
 * Rungs that rest on entities. W2 and W3 hold the rungs before them; organic is apart from all of them. So is W4, which stands
 * beside organic and undetermined usage and takes nothing from either.
 */
export type Rungs = {
  readonly W2: CertifiedMeasures
  readonly W3: CertifiedMeasures
  readonly W4: CertifiedMeasures
  readonly organic: CertifiedMeasures
}

export type RungInputs = {
  readonly reported: Reported
  /** Rows of `rung-totals`. */
  readonly totals: readonly SqlRow[]
  readonly masks: Int32Array
  /** What came back of payments within the window. */
  readonly returned: readonly { readonly chain: string; readonly asset: string; readonly mark: PaymentMark }[]
}

type Sums = { readonly usages: bigint; readonly units: bigint; readonly gross: ReadonlyMap<string, bigint> }

const HALF = 10n ** 18n
/** By value a payment counts whole under these, else only what came back of it. */
const WHOLE = { W2: SELF | LINKED, W3: SELF | LINKED | NAMED, W4: STOPS, organic: ORGANIC }
const MARKED = { W2: SELF | RETURNED | LINKED, W3: SELF | RETURNED | LINKED | NAMED, W4: STOPS, organic: ORGANIC }
/** Of these by value what did not come back, and no payment that is marked W3. */
const isApart = (name: keyof Rungs) => name === 'W4' || name === 'organic'

function isOf(marks: typeof WHOLE | typeof MARKED, name: keyof Rungs, mask: number): boolean {
  return (mask & marks[name]) !== 0 && !(isApart(name) && (mask & MARKED.W3) !== 0)
}

/**
 * Exact sums of each rung, checked against what was reported. By value a payment between linked parties or of a named
 * entity counts in full; of others what came back; of an organic payment what did not. A user takes the rung of half its
 * usage or more, and is organic only where it takes none.
 */
export function measureRungs(inputs: RungInputs): Rungs {
  const { reported, totals, masks, returned } = inputs
  checkTotals(
    reported,
    sumsOf(totals, () => true),
  )
  const users = usersByRung(reported, masks)
  const all = totalValue(reported, sumsOf(totals, () => true).gross)
  const rung = (name: keyof Rungs): CertifiedMeasures => {
    const isWhole = (mask: number) => isOf(WHOLE, name, mask)
    const amounts = new Map(sumsOf(totals, isWhole).gross)
    const sign = isApart(name) ? -1n : 1n
    for (const { chain, asset, mark } of returned)
      if (isWhole(masks[mark.usage]!) === isApart(name)) add(amounts, chain, asset, sign * mark.returned)
    const { usages, units } = sumsOf(totals, (mask) => isOf(MARKED, name, mask))
    return {
      value: shareOf(totalValue(reported, amounts), all, valueReason(reported)),
      count: shareOf(usages, BigInt(reported.usages), 'no usage was counted'),
      units: shareOf(units, reported.units, reported.unitsReason || 'the counted usage has no units'),
      users: shareOf(users[name], users.all, 'no usage names its consumer'),
    }
  }
  return { W2: rung('W2'), W3: rung('W3'), W4: rung('W4'), organic: rung('organic') }
}

/** Sums that contradict each other or what was reported: an error of washboard, never a figure. */
export class IncoherentError extends WashboardError {
  override readonly name = 'IncoherentError'

  constructor(what: string) {
    super(`The audit contradicts itself: ${what}.`, {
      fix: 'This is an error of washboard. Please report it with the ledger hash and the version.',
    })
  }
}

function shareOf(part: bigint, whole: bigint | null, reason: string): Certified {
  if (whole === null || whole === 0n) return { status: 'unavailable', reason }
  return { status: 'measured', part, whole, share: ratio(part, whole) }
}

const valueReason = ({ basis }: Reported) =>
  basis.status === 'unavailable' ? basis.reason : 'the counted usage is worth nothing'

function sumsOf(totals: readonly SqlRow[], keep: (mask: number) => boolean): Sums {
  const gross = new Map<string, bigint>()
  let [usages, units] = [0n, 0n]
  for (const row of totals) {
    if (!keep(Number(row.mask))) continue
    usages += BigInt(row.usages as bigint)
    units += BigInt(row.units_high as bigint) * HALF + BigInt(row.units_low as bigint)
    add(gross, row.chain, row.asset, BigInt(row.high as bigint) * HALF + BigInt(row.low as bigint))
  }
  return { usages, units, gross }
}

const assetKey = (chain: unknown, asset: unknown) => JSON.stringify([chain, asset])

function add(amounts: Map<string, bigint>, chain: unknown, asset: unknown, amount: bigint): void {
  const key = assetKey(chain, asset)
  amounts.set(key, (amounts.get(key) ?? 0n) + amount)
}

function totalValue({ basis }: Reported, amounts: ReadonlyMap<string, bigint>): bigint {
  if (basis.status === 'unavailable') return 0n
  let sum = 0n
  for (const [key, amount] of amounts) {
    const [chain, asset] = JSON.parse(key) as [string, string | null]
    sum += basis.weigh(chain, asset, amount) ?? 0n
  }
  return sum
}

function checkTotals({ usages, units, assets }: Reported, all: Sums): void {
  const isSame = all.usages === BigInt(usages) && (units === null || all.units === units)
  const wrong = assets.find(({ chain, asset, total }) => (all.gross.get(assetKey(chain, asset)) ?? 0n) !== total)
  if (!isSame || wrong !== undefined)
    throw new IncoherentError(`the rungs hold ${all.usages} usages, and what was reported is ${usages}`)
}

function usersByRung({ consumers }: Reported, masks: Int32Array) {
  const consumer = consumers.consumer_index as Int32Array
  const size = 1 + consumer.reduce((most, one) => Math.max(most, one), -1)
  const names = ['W2', 'W3', 'W4', 'organic'] as const
  const all = new Int32Array(size)
  const parts = { W2: all.slice(), W3: all.slice(), W4: all.slice(), organic: all.slice() }
  consumer.forEach((user, usage) => {
    if (user < 0) return
    all[user]! += 1
    for (const name of names) if (isOf(MARKED, name, masks[usage]!)) parts[name][user]! += 1
  })
  const users = { all: 0n, W2: 0n, W3: 0n, W4: 0n, organic: 0n }
  for (let user = 0; user < size; user += 1) {
    if (all[user] === 0) continue
    users.all += 1n
    const takes = (name: (typeof names)[number]) => parts[name][user]! * 2 >= all[user]!
    for (const name of names) if (takes(name) && !(isApart(name) && takes('W3'))) users[name] += 1n
  }
  return users
}

/** Rungs hold one another, and what is organic is apart from them, by every measure. */
export function checkLadder(W1: CertifiedMeasures, { W2, W3, organic }: Rungs): void {
  for (const measure of measures) {
    const [a, b, c, o] = [W1, W2, W3, organic].map((rung) => rung[measure])
    if (a?.status !== 'measured' || b?.status !== 'measured' || c?.status !== 'measured' || o?.status !== 'measured')
      continue
    const isOrdered = a.part <= b.part && b.part <= c.part && c.part + o.part <= c.whole && o.part >= 0n
    if (!isOrdered || a.whole !== c.whole) throw new IncoherentError(`rungs of the ladder by ${measure} overlap`)
  }
}
