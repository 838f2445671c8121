import { numbersBelow } from './partition.ts'
import type { Undirected } from './undirected.ts'

/** A graph and sizes of its nodes. A group counts as the weight inside it less resolution × its size² / 2. */
export type Level = { readonly graph: Undirected; readonly sizes: Float64Array }

/** A gain below this share of a node's strength is rounding. */
export const ROUNDING = 1e-12

/**
 * Moves nodes to the group, of a neighbour or empty, where they gain most, and gives the sum of the gains. Where that is
 * 0, no node gains by moving alone. The fast local moving of Traag, Waltman and van Eck 2019 (https://doi.org/10.1038/s41598-019-41695-z): nodes wait in a
 * queue, in random order at first, and a node that moves calls back the neighbours it left. Changes `membership`, whose
 * groups are numbers below the number of nodes.
 */
export function moveNodes({ graph, sizes }: Level, membership: Int32Array, resolution: number, random: () => number) {
  const { nodes, offsets, targets, weights } = graph
  const groups = groupsOf(membership, sizes)
  const { table } = groups
  const met = new Int32Array(nodes)
  const order = shuffle(numbersBelow(nodes), random)
  const queue: Queue = { order, waits: new Uint8Array(nodes).fill(1), head: 0, waiting: nodes }
  let total = 0
  while (queue.waiting > 0) {
    const node = takeFirst(queue)
    const end = offsets[node + 1]!
    let [count, strength] = [0, 0]
    for (let place = offsets[node]!; place < end; place++) {
      const group = membership[targets[place]!]!
      if (table[2 * group] === 0) met[count++] = group
      table[2 * group]! += weights[place]!
      strength += weights[place]!
    }
    const own = membership[node]!
    const size = sizes[node]!
    const price = resolution * size
    const stay = table[2 * own]! - price * (table[2 * own + 1]! - size)
    let best = own
    let bestGain = stay + ROUNDING * strength
    for (let i = 0; i < count; i++) {
      const group = met[i]!
      const gain = table[2 * group]! - price * table[2 * group + 1]!
      table[2 * group] = 0
      if (gain <= bestGain || group === own) continue
      bestGain = gain
      best = group
    }
    if (best === own) bestGain = stay
    if (bestGain < 0 && groups.population[own]! > 1) {
      bestGain = 0
      best = groups.empty[groups.spare - 1]!
    }
    if (best === own) continue
    total += bestGain - stay
    membership[node] = best
    transfer(groups, own, best, size)
    callBack(queue, graph, node, membership)
  }
  return total
}

/** The nodes that wait are the `waiting` next from `head`, round the end of `order`; none waits twice. */
type Queue = { readonly order: Int32Array; readonly waits: Uint8Array; head: number; waiting: number }

function takeFirst(queue: Queue): number {
  const node = queue.order[queue.head]!
  queue.head = queue.head + 1 === queue.order.length ? 0 : queue.head + 1
  queue.waiting--
  queue.waits[node] = 0
  return node
}

/** Puts the neighbours of a node that are in other groups at the end of the queue. */
function callBack(queue: Queue, { nodes, offsets, targets }: Undirected, node: number, membership: Int32Array): void {
  const { order, waits } = queue
  const own = membership[node]
  for (let place = offsets[node]!; place < offsets[node + 1]!; place++) {
    const other = targets[place]!
    if (waits[other] === 1 || membership[other] === own) continue
    waits[other] = 1
    const last = queue.head + queue.waiting++
    order[last < nodes ? last : last - nodes] = other
  }
}

/**
 * What is known of the group of number g: table[2g] is scratch for the weight between it and a node, 0 between uses, and
 * table[2g + 1] its size, side by side as they are used together. The first `spare` of `empty` are numbers without nodes.
 */
function groupsOf(membership: Int32Array, sizes: Float64Array) {
  const nodes = membership.length
  const table = new Float64Array(2 * nodes)
  const population = new Int32Array(nodes)
  for (let node = 0; node < nodes; node++) {
    table[2 * membership[node]! + 1]! += sizes[node]!
    population[membership[node]!]!++
  }
  const empty = new Int32Array(nodes)
  let spare = 0
  for (let group = 0; group < nodes; group++) if (population[group] === 0) empty[spare++] = group
  return { table, population, empty, spare }
}

function transfer(groups: ReturnType<typeof groupsOf>, from: number, to: number, size: number): void {
  const { table, population, empty } = groups
  if (population[to]!++ === 0) groups.spare--
  table[2 * to + 1]! += size
  table[2 * from + 1]! -= size
  if (--population[from]! > 0) return
  table[2 * from + 1] = 0
  empty[groups.spare++] = from
}

/** Sum of the sizes of the nodes of every group. */
export function sumSizes(membership: Int32Array, sizes: Float64Array): Float64Array {
  const sums = new Float64Array(membership.length)
  for (let node = 0; node < membership.length; node++) sums[membership[node]!]! += sizes[node]!
  return sums
}

/** Brings values into random order, in place (Fisher–Yates). */
export function shuffle(values: Int32Array, random: () => number): Int32Array {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const value = values[i]!
    values[i] = values[j]!
    values[j] = value
  }
  return values
}
