import { lowerBound, upperBound } from '../statistics/lower-bound.ts'
import { logPoissonTail } from '../statistics/poisson-tail.ts'
import type { Behaviour } from './behaviour.ts'
import { type Links, linkTable } from './links.ts'
import type { Strata } from './twin-strata.ts'
import { countWindows, type Scale } from './twin-windows.ts'

/** Windows of time (ms) and ln size in which two wallets count as twins. */
const SCALES: readonly Scale[] = [
  [120, 0.05],
  [600, 0.02],
  [1800, 0.006],
  [1800, 0.05],
  [5400, 0.002],
  [5400, 0.02],
  [5400, 0.06],
].map(([seconds, size]) => ({ time: seconds! * 1000, size: size! }))
/** Consecutive members whose sizes tell how many agree by chance; a block is judged with its two neighbours. */
const BLOCK = 700
/** Least surprise of a link, in nats. */
const LEAST = 4

export type Twins = {
  /** Pairs with the probability that they are no coincidence. */
  readonly links: Links
  /** Largest surprise of each wallet, in nats, after what looking in several strata costs; 0 without any. */
  readonly surprise: Float64Array
}

/**
 * Finds wallets that began together and moved the same size, more of them than chance brings: given how many began within
 * the window, those that agree in size are Poisson with the mean that sizes around then give. A burst of honest wallets
 * is thus no evidence; only agreement inside it is.
 */
export function scanTwins(behaviour: Behaviour, { offsets, members, penalty }: Strata): Twins {
  const links = linkTable()
  const surprise = new Float64Array(penalty.length)
  const all = behaviour.logSize.slice().sort()
  const shares = new Map(
    SCALES.map(({ size }) => [size, behaviour.logSize.map((value) => shareNear(all, value, size))]),
  )
  for (let stratum = 0; stratum + 1 < offsets.length; stratum++) {
    const inside = members.subarray(offsets[stratum]!, offsets[stratum + 1]!)
    const local = localShares(behaviour, inside, shares)
    for (const scale of SCALES) scanStratum(behaviour, inside, scale, local.get(scale.size)!, penalty, links, surprise)
  }
  return { links: links.take(), surprise }
}

function scanStratum(
  behaviour: Behaviour,
  inside: Int32Array,
  scale: Scale,
  shares: Float64Array,
  penalty: Float64Array,
  links: ReturnType<typeof linkTable>,
  surprise: Float64Array,
): void {
  const { time, logSize } = behaviour
  const { near, agreeing } = countWindows(behaviour, inside, scale)
  const raw = new Float64Array(inside.length)
  const excess = new Float64Array(inside.length)
  for (let a = 0; a < inside.length; a++) {
    const mean = near[a]! * shares[a]!
    if (agreeing[a]! <= mean) continue
    raw[a] = -logPoissonTail(agreeing[a]!, mean)
    excess[a] = 1 - mean / agreeing[a]!
    const wallet = inside[a]!
    surprise[wallet] = Math.max(surprise[wallet]!, raw[a]! - penalty[wallet]!)
  }
  for (let a = 0; a < inside.length; a++) {
    const i = inside[a]!
    if (raw[a]! - penalty[i]! < LEAST) continue
    for (let b = a + 1; b < inside.length; b++) {
      const j = inside[b]!
      if (time[j]! - time[i]! > scale.time) break
      if (Math.abs(logSize[j]! - logSize[i]!) > scale.size) continue
      const stat = Math.min(raw[a]!, raw[b]!) - Math.max(penalty[i]!, penalty[j]!)
      if (stat < LEAST) continue
      // The second factor is the local share of false links, as worlds with permuted sizes give it.
      links.add(i, j, Math.min(excess[a]!, excess[b]!) * (1 - 0.2 * Math.exp(-0.9 * (stat - LEAST))))
    }
  }
}

/** Share of others whose size agrees, for each window of size: among all wallets or around each member, the larger. */
function localShares({ logSize }: Behaviour, inside: Int32Array, shares: ReadonlyMap<number, Float64Array>) {
  const local = new Map(Array.from(shares, ([size, of]) => [size, Float64Array.from(inside, (i) => of[i]!)]))
  const blocks = Math.max(1, Math.round(inside.length / BLOCK))
  const start = (block: number) => Math.round((Math.max(0, Math.min(blocks, block)) * inside.length) / blocks)
  for (let block = 0; block < blocks; block++) {
    const around = Float64Array.from(inside.subarray(start(block - 1), start(block + 2)), (i) => logSize[i]!).sort()
    for (const [size, values] of local)
      for (let a = start(block); a < start(block + 1); a++)
        values[a] = Math.max(values[a]!, shareNear(around, logSize[inside[a]!]!, size))
  }
  return local
}

/** Share of the other values within `size`; 0 of a value alone. */
function shareNear(sorted: Float64Array, value: number, size: number): number {
  const others = sorted.length - 1
  if (others === 0) return 0
  return (upperBound(sorted, value + size) - lowerBound(sorted, value - size) - 1) / others
}
