import type { WalletActivity } from '../../clusters/wallet-activity.ts'
import type { Random } from '../../statistics/random.ts'

const SIZE_BLOCK = 1500
const REPAIR_ROUNDS = 100

/**
 * A world in which no wallets are related: recipients are exchanged among the edges of one type, so that every node keeps
 * its edges out and in of each type, and sizes among wallets that began at about the same time.
 */
export function nullWorld(activity: WalletActivity, random: Random): WalletActivity {
  return { ...activity, size: permuteSizes(activity, random), to: rewire(activity, random) }
}

function permuteSizes({ wallets, firstUse, size }: WalletActivity, random: Random): Float64Array {
  const order = Int32Array.from({ length: wallets }, (_, i) => i).sort((a, b) => firstUse[a]! - firstUse[b]! || a - b)
  const permuted = size.slice()
  for (let start = 0; start < wallets; start += SIZE_BLOCK) {
    const block = order.subarray(start, start + SIZE_BLOCK)
    const from = shuffle(block.slice(), random)
    for (let k = 0; k < block.length; k++) permuted[block[k]!] = size[from[k]!]!
  }
  return permuted
}

/** Shuffles recipients, then exchanges those of loops and of edges that stand twice until few or none are left. */
function rewire({ nodes, from, to, type }: WalletActivity, random: Random): Int32Array {
  const rewired = to.slice()
  for (let kind = 0; kind <= type.reduce((most, value) => Math.max(most, value), 0); kind++) {
    const edges = type.reduce((found: number[], value, edge) => {
      if (value === kind) found.push(edge)
      return found
    }, [])
    const order = shuffle(Int32Array.from(edges), random)
    for (const [k, edge] of edges.entries()) rewired[edge] = to[order[k]!]!
    for (let round = 0; round < REPAIR_ROUNDS; round++) {
      const seen = new Set<number>()
      const wrong = edges.filter((edge) => {
        const pair = from[edge]! * nodes + rewired[edge]!
        const isNew = !seen.has(pair) && from[edge] !== rewired[edge]
        seen.add(pair)
        return !isNew
      })
      if (wrong.length === 0) break
      for (const edge of wrong) {
        const other = edges[random.below(edges.length)]!
        ;[rewired[edge], rewired[other]] = [rewired[other]!, rewired[edge]!]
      }
    }
  }
  return rewired
}

/** Each of `senders` pays `each` random wallets that are not among them, by the commonest type of transfer. */
export function withDust(activity: WalletActivity, senders: Int32Array, each: number, random: Random): WalletActivity {
  const isSender = new Uint8Array(activity.wallets)
  for (const sender of senders) isSender[sender] = 1
  const others = Int32Array.from(isSender, (_, i) => i).filter((i) => isSender[i] === 0)
  const counts = new Int32Array(256)
  for (const type of activity.type) counts[type]!++
  const commonest = counts.indexOf(Math.max(...counts))
  const sent = senders.length * each
  return {
    ...activity,
    from: extend(activity.from, sent, (k) => senders[Math.floor(k / each)]!),
    to: extend(activity.to, sent, () => others[random.below(others.length)]!),
    type: Uint8Array.from({ length: activity.type.length + sent }, (_, k) => activity.type[k] ?? commonest),
    count: extend(activity.count, sent, () => 1),
  }
}

function extend(column: Int32Array, by: number, value: (k: number) => number): Int32Array {
  const longer = new Int32Array(column.length + by)
  longer.set(column)
  for (let k = 0; k < by; k++) longer[column.length + k] = value(k)
  return longer
}

/** First uses of `moved` shifted by up to `spreadMs` either way, uniformly. */
export function withJitter(
  activity: WalletActivity,
  moved: Int32Array,
  spreadMs: number,
  random: Random,
): WalletActivity {
  const firstUse = activity.firstUse.slice()
  for (const wallet of moved) firstUse[wallet]! += (2 * random.next() - 1) * spreadMs
  return { ...activity, firstUse }
}

/** Leaves out a share of the edges at random. */
export function withoutEdges(activity: WalletActivity, share: number, random: Random): WalletActivity {
  const kept = activity.from.map((_, edge) => edge).filter(() => random.next() >= share)
  const pick = (column: Int32Array) => kept.map((edge) => column[edge]!)
  return {
    ...activity,
    from: pick(activity.from),
    to: pick(activity.to),
    type: Uint8Array.from(kept, (edge) => activity.type[edge]!),
    count: pick(activity.count),
  }
}

function shuffle(values: Int32Array, random: Random): Int32Array {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    ;[values[i], values[j]] = [values[j]!, values[i]!]
  }
  return values
}
