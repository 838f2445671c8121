import { type Behaviour, behaviourBin } from './behaviour.ts'
import type { HubConcentration } from './hub-concentration.ts'
import type { Incidences } from './incidences.ts'
import { type PairsOfWallet, visitPairs } from './shared-pairs.ts'

/** Cut points of each feature of a pair; its level is how many of them it reaches. */
const FEATURES = {
  direct: [1, 2],
  transfers: [3, 8],
  directTypes: [2],
  shared: [1, 2, 3, 5],
  rarest: [2.5, 3.5, 5.5, 8.5, 14.5, 26, 45, 80, Number.POSITIVE_INFINITY],
  rarestDegree: [4, 6, 11, 31, 101],
  directions: [1, 2, 3, 4, 5],
  smallerDegree: [2, 3, 5, 9, 17],
  largerDegree: [3, 5, 9, 17, 41, 101],
  concentration: [0.03, 0.1, 0.25, 0.4, 0.55, 0.7, 0.85],
  concentrationSum: [0.3, 0.8, 1.5, 2.5, 4],
  sameSignature: [1],
  sharedShare: [0.1, 0.25, 0.5, 0.75, 1],
  rarestTypes: [2],
} as const
type Feature = keyof typeof FEATURES
const NAMES = Object.keys(FEATURES) as Feature[]
/** Levels of a feature that are names, not amounts: one coefficient each, none of them added up. */
const CATEGORIES: readonly Feature[] = ['directions']

/** Coefficients, the intercept first. */
export const FEATURE_WIDTH = 1 + NAMES.reduce((sum, name) => sum + FEATURES[name].length, 0)

/** Pairs that share a counterparty or a transfer, with what the graph (a cell of equal features) and behaviour say. */
export type FeaturePairs = {
  readonly count: number
  readonly first: Int32Array
  readonly second: Int32Array
  readonly bin: Uint8Array
  readonly cell: Int32Array
}

/** Features of every pair, each by its level, packed into one number a pair. */
export function featurePairs(incidences: Incidences, behaviour: Behaviour, hubs: HubConcentration): FeaturePairs {
  let count = 0
  visitPairs(incidences, (pairs) => {
    count += pairs.count
  })
  const first = new Int32Array(count)
  const second = new Int32Array(count)
  const bin = new Uint8Array(count)
  const cell = new Int32Array(count)
  let at = 0
  visitPairs(incidences, (pairs) => {
    const shared = sharedOf(incidences, behaviour, hubs, pairs)
    for (let pair = 0; pair < pairs.count; pair++, at++) {
      first[at] = pairs.wallet
      second[at] = pairs.others[pair]!
      bin[at] = behaviourBin(behaviour, first[at]!, second[at]!)
      cell[at] = cellOf(valuesOf(incidences, pairs, pair, shared[pair]!))
    }
  })
  return { count, first, second, bin, cell }
}

/** What the counterparties that a pair shares say together. */
type Shared = {
  count: number
  /** Incidences with the rarest one, −1 without one. */
  first: number
  second: number
  concentration: number
  /** −Σ ln(1 − concentration). */
  sum: number
}

function sharedOf(
  incidences: Incidences,
  behaviour: Behaviour,
  hubs: HubConcentration,
  pairs: PairsOfWallet,
): Shared[] {
  const none = () => ({ count: 0, first: -1, second: -1, concentration: 0, sum: 0 })
  const shared = Array.from({ length: pairs.count }, none)
  for (let row = 0; row < pairs.rows.count; row++) {
    const pair = pairs.rows.pair[row]!
    const [first, second] = [pairs.rows.first[row]!, pairs.rows.second[row]!]
    const of = shared[pair]!
    const p = hubs.concentration(first, second, behaviourBin(behaviour, pairs.wallet, pairs.others[pair]!))
    of.count++
    of.concentration = Math.max(of.concentration, p)
    of.sum -= Math.log1p(-Math.min(p, 0.99))
    if (of.first !== -1 && !isRarer(incidences, [first, second], [of.first, of.second])) continue
    of.first = first
    of.second = second
  }
  return shared
}

/** By wallets around it; ties by what else is a feature, so that no order of rows matters. */
function isRarer(incidences: Incidences, a: readonly [number, number], b: readonly [number, number]): boolean {
  const rank = ([first, second]: readonly [number, number]) => {
    const { counterparty, degree, types } = incidences
    const z = counterparty[first]!
    const few = Math.min(types[first]!, types[second]!)
    return [aroundCount(incidences, z), degree[z]!, directionsAt(incidences, first, second), few] as const
  }
  const [ours, theirs] = [rank(a), rank(b)]
  const at = ours.findIndex((value, i) => value !== theirs[i])
  return at !== -1 && ours[at]! < theirs[at]!
}

const aroundCount = ({ aroundOffsets }: Incidences, z: number) => aroundOffsets[z + 1]! - aroundOffsets[z]!

/** Both send 1, one sends and one receives 2, one of these and both ways or both receive 3, then 4 and 5. */
function directionsAt({ direction }: Incidences, first: number, second: number): number {
  const [a, b] = [direction[first]!, direction[second]!]
  if (a === 3 && b === 3) return 5
  if (a === 3 || b === 3) return Math.min(a, b) === 2 ? 4 : 3
  if (a !== b) return 2
  return a === 1 ? 1 : 3
}

function valuesOf(incidences: Incidences, pairs: PairsOfWallet, pair: number, shared: Shared): Record<Feature, number> {
  const { degree, signature, direction, transfers, types, counterparty } = incidences
  const [i, j] = [pairs.wallet, pairs.others[pair]!]
  const direct = pairs.direct[pair]!
  const z = shared.first === -1 ? -1 : counterparty[shared.first]!
  const smaller = Math.min(degree[i]!, degree[j]!)
  return {
    direct: direct === -1 ? 0 : direction[direct] === 3 ? 2 : 1,
    transfers: direct === -1 ? 0 : transfers[direct]!,
    directTypes: direct === -1 ? 0 : types[direct]!,
    shared: shared.count,
    rarest: z === -1 ? Number.POSITIVE_INFINITY : aroundCount(incidences, z),
    rarestDegree: z === -1 ? 101 : degree[z]! + 1,
    directions: z === -1 ? 0 : directionsAt(incidences, shared.first, shared.second),
    smallerDegree: smaller,
    largerDegree: Math.max(degree[i]!, degree[j]!),
    concentration: shared.concentration,
    concentrationSum: shared.sum,
    sameSignature: signature[i] === signature[j] ? 1 : 0,
    sharedShare: shared.count / smaller,
    rarestTypes: z === -1 ? 0 : Math.min(types[shared.first]!, types[shared.second]!),
  }
}

/** Levels in mixed radix; below 2^31. */
function cellOf(values: Record<Feature, number>): number {
  let cell = 0
  for (const name of NAMES) {
    const cuts = FEATURES[name]
    let level = 0
    while (level < cuts.length && values[name] >= cuts[level]!) level++
    cell = cell * (cuts.length + 1) + level
  }
  return cell
}

/** Columns of the design that a cell sets, rising, the intercept first. */
export function columnsOf(cell: number): number[] {
  const columns: number[] = []
  let rest = cell
  let end = FEATURE_WIDTH
  for (let at = NAMES.length - 1; at >= 0; at--) {
    const name = NAMES[at]!
    const levels = FEATURES[name].length
    const level = rest % (levels + 1)
    rest = Math.floor(rest / (levels + 1))
    end -= levels
    if (!CATEGORIES.includes(name)) for (let k = level - 1; k >= 0; k--) columns.push(end + k)
    else if (level > 0) columns.push(end + level - 1)
  }
  columns.push(0)
  return columns.reverse()
}
