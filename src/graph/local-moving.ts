import type { Undirected } from './undirected.ts'

/** A graph and sizes of its nodes. A group counts as the weight inside it less resolution × its size² / 2. */
export type Level = { readonly graph: Undirected; readonly sizes: Float64Array }

/** A gain below this share of a node's strength is rounding. */
export const ROUNDING = 1e-12

/**
 * Moves nodes to the group, of a neighbour or empty, where they gain most, until none gains; gives the sum of the gains.
 * The fast local moving of Traag, Waltman and van Eck 2019 (https://doi.org/10.1038/s41598-019-41695-z): nodes wait in a
 * queue, in random order at first, and a node that moves calls back the neighbours it left. Changes `membership`, whose
 * groups are numbers below the number of nodes.
 */
export function moveNodes(
  { graph, sizes }: Level,
  membership: Int32Array,
  resolution: number,
  random: () => number,
): number {
  const { nodes, offsets, targets, weights } = graph
  const groups = groupsOf(membership, sizes)
  const { size: groupSize, population, empty } = groups
  const sums = new Float64Array(nodes)
  const met = new Int32Array(nodes)
  const queue = shuffled(nodes, random)
  const waits = new Uint8Array(nodes).fill(1)
  let [total, spare, head, tail] = [0, groups.spare, 0, 0]
  for (let waiting = nodes; waiting > 0; waiting--) {
    const node = queue[head]!
    if (++head === nodes) head = 0
    waits[node] = 0
    const end = offsets[node + 1]!
    let [count, strength] = [0, 0]
    for (let place = offsets[node]!; place < end; place++) {
      const group = membership[targets[place]!]!
      if (sums[group] === 0) met[count++] = group
      sums[group]! += weights[place]!
      strength += weights[place]!
    }
    const own = membership[node]!
    const price = resolution * sizes[node]!
    const stay = sums[own]! - price * (groupSize[own]! - sizes[node]!)
    let best = own
    let bestGain = stay + ROUNDING * strength
    for (let i = 0; i < count; i++) {
      const group = met[i]!
      const gain = sums[group]! - price * groupSize[group]!
      sums[group] = 0
      if (gain <= bestGain || group === own) continue
      bestGain = gain
      best = group
    }
    if (bestGain < 0 && population[own]! > 1) {
      bestGain = 0
      best = empty[--spare]!
    }
    if (best === own) continue
    total += bestGain - stay
    membership[node] = best
    groupSize[best]! += sizes[node]!
    population[best]!++
    groupSize[own]! -= sizes[node]!
    if (--population[own]! === 0) {
      groupSize[own] = 0
      empty[spare++] = own
    }
    for (let place = offsets[node]!; place < end; place++) {
      const other = targets[place]!
      if (waits[other] === 1 || membership[other] === best) continue
      waits[other] = 1
      queue[tail] = other
      if (++tail === nodes) tail = 0
      waiting++
    }
  }
  return total
}

/** Size and number of nodes of every group, and the numbers that no group has: the first `spare` of `empty`. */
function groupsOf(membership: Int32Array, sizes: Float64Array) {
  const nodes = membership.length
  const groups = { size: sumSizes(membership, sizes), population: new Int32Array(nodes), empty: new Int32Array(nodes) }
  for (let node = 0; node < nodes; node++) groups.population[membership[node]!]!++
  let spare = 0
  for (let group = 0; group < nodes; group++) if (groups.population[group] === 0) groups.empty[spare++] = group
  return { ...groups, spare }
}

/** Sum of the sizes of the nodes of every group. */
export function sumSizes(membership: Int32Array, sizes: Float64Array): Float64Array {
  const sums = new Float64Array(membership.length)
  for (let node = 0; node < membership.length; node++) sums[membership[node]!]! += sizes[node]!
  return sums
}

/** The numbers below n in random order (Fisher–Yates). */
export function shuffled(n: number, random: () => number): Int32Array {
  const order = new Int32Array(n)
  for (let i = 0; i < n; i++) {
    const j = Math.floor(random() * (i + 1))
    order[i] = order[j]!
    order[j] = i
  }
  return order
}
