import { type Level, ROUNDING, shuffled, sumSizes } from './local-moving.ts'
import { type Partition, partitionOf } from './partition.ts'

/**
 * Splits groups into connected parts: the refinement of Traag, Waltman and van Eck 2019
 * (https://doi.org/10.1038/s41598-019-41695-z). Every node begins alone; in random order, a node that is still alone and
 * well connected to its group joins a part of the group that is so too. A part only ever takes in neighbours, so it is
 * connected. Of the parts that do not lose, the one that gains most is taken, as leidenalg does; the paper draws one.
 */
export function refineGroups(
  { graph, sizes }: Level,
  membership: Int32Array,
  resolution: number,
  random: () => number,
): Partition {
  const { nodes, offsets, targets, weights } = graph
  const groupSize = sumSizes(membership, sizes)
  const parts = new Int32Array(nodes).map((_, node) => node)
  const partSize = sizes.slice()
  const bonds = bondsWithin(graph, membership)
  const isAlone = new Uint8Array(nodes).fill(1)
  const sums = new Float64Array(nodes)
  const met = new Int32Array(nodes)
  for (const node of shuffled(nodes, random)) {
    const [group, size, rounding] = [membership[node]!, sizes[node]!, ROUNDING * bonds[node]!]
    const isBound = (part: number) =>
      bonds[part]! + rounding >= resolution * partSize[part]! * (groupSize[group]! - partSize[part]!)
    if (isAlone[node] === 0 || !isBound(node)) continue
    let count = 0
    for (let place = offsets[node]!; place < offsets[node + 1]!; place++) {
      if (membership[targets[place]!] !== group) continue
      const part = parts[targets[place]!]!
      if (sums[part] === 0) met[count++] = part
      sums[part]! += weights[place]!
    }
    let [best, bestGain, bond] = [node, -rounding, 0]
    for (let i = 0; i < count; i++) {
      const part = met[i]!
      const gain = sums[part]! - resolution * size * partSize[part]!
      if (gain > bestGain && isBound(part)) [best, bestGain, bond] = [part, gain, sums[part]!]
      sums[part] = 0
    }
    if (best === node) continue
    parts[node] = best
    partSize[best]! += size
    bonds[best]! += bonds[node]! - 2 * bond
    isAlone[node] = isAlone[best] = 0
  }
  return partitionOf(parts)
}

/** Weight between each node and the others of its group. */
function bondsWithin({ nodes, offsets, targets, weights }: Level['graph'], membership: Int32Array): Float64Array {
  const bonds = new Float64Array(nodes)
  for (let node = 0; node < nodes; node++)
    for (let place = offsets[node]!; place < offsets[node + 1]!; place++)
      if (membership[targets[place]!] === membership[node]) bonds[node]! += weights[place]!
  return bonds
}
