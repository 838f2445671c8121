import type { WalletActivity } from '../../src/clusters/wallet-activity.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'

const DAY = 86_400_000

export type Planted = {
  readonly activity: WalletActivity
  /** Farm of each wallet, −1 for a wallet of its own. */
  readonly farm: Int32Array
}

export type PlantedOptions = {
  readonly seed: number
  readonly honest: number
  readonly farms: number
  readonly farmSize: number
  /** Farms whose wallets share no counterparty, only behaviour. */
  readonly twins?: number
}

/**
 * Wallets over a year with sizes of a heavy tail. Honest ones deal with services and with counterparties of their own; those
 * of a farm are funded by one address, sweep to another, begin within an hour and move about the same amount.
 */
export function plantWallets({ seed, honest, farms, farmSize, twins = 0 }: PlantedOptions): Planted {
  const random = randomStream(seed, 'planted')
  const wallets = honest + (farms + twins) * farmSize
  const farm = Int32Array.from({ length: wallets }, (_, i) => (i < honest ? -1 : Math.floor((i - honest) / farmSize)))
  const firstUse = Float64Array.from(farm, () => random.next() * 365 * DAY)
  const size = Float64Array.from(farm, () => Math.exp(2 + 2 * random.normal()))
  const edges = edgeList(wallets)
  const services = Array.from({ length: 4 }, () => edges.node())
  const smallServices = Array.from({ length: Math.ceil(wallets / 60) }, () => edges.node())
  const hubs = Array.from({ length: farms }, () => [edges.node(), edges.node()] as const)
  const plans = Array.from({ length: farms + twins }, () => [random.next() * 365 * DAY, Math.exp(2 + random.normal())])
  for (let i = 0; i < wallets; i++) {
    edges.add(random.pick(services), i, 0)
    if (random.next() < 0.5) edges.add(i, random.pick(services), 1)
    if (random.next() < 0.5) edges.add(i, random.pick(smallServices), 1)
    if (random.next() < 0.7) edges.add(i, edges.node(), 1)
    if (farm[i] === -1) continue
    const [time, amount] = plans[farm[i]!]!
    firstUse[i] = time! + (random.next() * DAY) / 24
    size[i] = amount! * (1 + 0.01 * random.normal())
    const hub = hubs[farm[i]!]
    if (hub === undefined) continue
    edges.add(hub[0], i, 0)
    edges.add(i, hub[1], 1)
    // Half of them pass something on to the next, so that there are pairs that only they explain.
    if (i + 1 < wallets && farm[i + 1] === farm[i] && random.next() < 0.5) edges.add(i, i + 1, 0)
  }
  return { farm, activity: { wallets, firstUse, size, ...edges.take() } }
}

function edgeList(wallets: number) {
  const rows: (readonly [from: number, to: number, type: number])[] = []
  let nodes = wallets
  return {
    node: () => nodes++,
    add: (from: number, to: number, type: number) => rows.push([from, to, type]),
    take: () => ({
      nodes,
      from: Int32Array.from(rows, ([from]) => from),
      to: Int32Array.from(rows, ([, to]) => to),
      type: Uint8Array.from(rows, ([, , type]) => type),
      count: new Int32Array(rows.length).fill(1),
    }),
  }
}

/** The same wallets and edges in another order: `place[i]` is where wallet i went. */
export function reorder(activity: WalletActivity, random: Random): { activity: WalletActivity; place: Int32Array } {
  const { wallets, nodes, firstUse, size, from, to, type, count } = activity
  const place = shuffled(wallets, random)
  const other = shuffled(nodes - wallets, random)
  const node = (n: number) => (n < wallets ? place[n]! : wallets + other[n - wallets]!)
  const edges = shuffled(from.length, random)
  const moved = (column: Float64Array) => {
    const result = new Float64Array(wallets)
    for (let i = 0; i < wallets; i++) result[place[i]!] = column[i]!
    return result
  }
  return {
    place,
    activity: {
      wallets,
      nodes,
      firstUse: moved(firstUse),
      size: moved(size),
      from: edges.map((e) => node(from[e]!)),
      to: edges.map((e) => node(to[e]!)),
      type: Uint8Array.from(edges, (e) => type[e]!),
      count: edges.map((e) => count[e]!),
    },
  }
}

function shuffled(n: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i)
  for (let i = n - 1; i > 0; i--) {
    const j = random.below(i + 1)
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return order
}
