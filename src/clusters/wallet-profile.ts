import { boostTrees } from '../statistics/gradient-boosting.ts'
import type { CappedComponents } from './capped-components.ts'
import { type Incidences, RECEIVES, SENDS } from './incidences.ts'

/** Surprise of twins, in nats, from which on a wallet is an example. */
const EXAMPLE = 4
/** Shallow and few: the target is a noisy label. */
const MODEL = { depth: 3, trees: 40 }

/**
 * Log odds that a wallet of this place in the graph has twins in behaviour: the graph learns from behaviour, of which it
 * sees nothing itself, what coordinated wallets look like. It says whom a wallet resembles, and links nobody.
 */
export function profileScore(profile: readonly Float64Array[], surprise: Float64Array): Float64Array {
  const target = Uint8Array.from(surprise, (value) => (value >= EXAMPLE ? 1 : 0))
  return boostTrees(profile, target, MODEL)(profile)
}

/** 17 columns about each wallet's place in the graph: counterparties, how common these are, the part of the graph it is in. */
export function walletProfile(incidences: Incidences, capped: CappedComponents): Float64Array[] {
  const { wallets, offsets, counterparty, direction, transfers, degree, aroundOffsets } = incidences
  const columns = Array.from({ length: 14 }, () => new Float64Array(wallets))
  for (let i = 0; i < wallets; i++) {
    const [start, end] = [offsets[i]!, offsets[i + 1]!]
    let [sends, receives, both, sum, known] = [0, 0, 0, 0, 0]
    const pure = new Float64Array(end - start)
    const degrees = new Float64Array(end - start)
    const around = new Float64Array(end - start)
    for (let place = start; place < end; place++) {
      const z = counterparty[place]!
      if ((direction[place]! & SENDS) !== 0) sends++
      if ((direction[place]! & RECEIVES) !== 0) receives++
      if (direction[place] === (SENDS | RECEIVES)) both++
      sum += transfers[place]!
      if (z < wallets) known++
      degrees[place - start] = degree[z]!
      around[place - start] = aroundOffsets[z + 1]! - aroundOffsets[z]!
      pure[place - start] = around[place - start]! / degree[z]!
    }
    // Sorted before they are summed, so that the order of edges changes no last digit.
    const purity = pure.sort().reduce((total, share) => total + share, 0) / Math.max(1, end - start)
    const own = [end - start, sends, receives, both, sum, known, pure.at(-1) ?? 0, purity]
    const values = [...own, ...spread(degrees), ...spread(around)]
    for (let k = 0; k < values.length; k++) columns[k]![i] = values[k]!
  }
  return [...columns, capped.addresses, capped.wallets, capped.wallets.map((n, i) => n / capped.addresses[i]!)]
}

/** Least, middle and largest; 0 without values. */
function spread(values: Float64Array): [number, number, number] {
  values.sort()
  return [values[0] ?? 0, values[values.length >> 1] ?? 0, values.at(-1) ?? 0]
}
