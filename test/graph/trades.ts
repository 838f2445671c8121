import type { Trades } from '../../src/graph/balanced-prefix.ts'
import type { Random } from '../../src/statistics/random.ts'

export type Trade = readonly [from: number, to: number, time: number, amount: bigint]

export const tradesOf = (nodes: number, rows: readonly Trade[]): Trades => ({
  nodes,
  from: Int32Array.from(rows, ([from]) => from),
  to: Int32Array.from(rows, ([, to]) => to),
  time: BigInt64Array.from(rows, ([, , time]) => BigInt(time)),
  amount: (row) => rows[row]![3],
})

/** Rings that pass an amount round, less a little now and then, among payments at random and to oneself. */
export function drawTrades(random: Random): { readonly nodes: number; readonly rows: readonly Trade[] } {
  const nodes = 2 + random.below(7)
  const unit = random.pick([1n, 10n ** 18n, 2n ** 120n])
  const rows: Trade[] = []
  let time = 0
  const pause = () => {
    time += Math.floor(random.pick([1, 100, 1000, 20_000]) * random.exponential())
    return time
  }
  for (let i = 0, until = 2 + random.below(30); i < until; i++) {
    const amount = BigInt(1 + random.below(300)) * unit
    if (random.next() < 0.4) {
      rows.push([random.below(nodes), random.below(nodes), pause(), amount])
      continue
    }
    const length = 2 + random.below(Math.min(3, nodes - 1))
    const first = random.below(nodes)
    for (let step = 0; step < length; step++) {
      const [from, to] = [step, (step + 1) % length].map((at) => (first + at) % nodes)
      const lost = random.next() < 0.2 ? (amount * BigInt(random.below(4))) / 200n : 0n
      rows.push([from!, to!, pause(), amount - lost])
    }
  }
  return { nodes, rows }
}
