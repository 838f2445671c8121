import { type Level, ROUNDING, shuffle, sumSizes } from './local-moving.ts'
import { groupMembers, numbersBelow, type Partition, partitionOf } from './partition.ts'

/**
 * Splits groups into connected parts: the refinement of Traag, Waltman and van Eck 2019
 * (https://doi.org/10.1038/s41598-019-41695-z). Every node begins alone; in random order, a node that is still alone and
 * well connected to its group joins a part of the group that is so too. A part only ever takes in neighbours, so it is
 * connected. Of the parts that do not lose, the one that gains most is taken, as leidenalg does; the paper draws one.
 * Parts of one group have numbers in a row, so that neighbours stay near each other in memory.
 */
export function refineGroups(
  { graph, sizes }: Level,
  membership: Int32Array,
  resolution: number,
  random: () => number,
): Partition {
  const { nodes } = graph
  const { offsets, members } = groupMembers({ membership, count: nodes })
  const refining: Refining = {
    graph,
    sizes,
    membership,
    resolution,
    parts: numbersBelow(nodes),
    partSize: sizes.slice(),
    bonds: new Float64Array(nodes),
    isAlone: new Uint8Array(nodes).fill(1),
    sums: new Float64Array(nodes),
    met: new Int32Array(nodes),
  }
  const groupSize = sumSizes(membership, sizes)
  for (let group = 0; group < nodes; group++) {
    if (offsets[group + 1]! - offsets[group]! < 2) continue
    const inside = members.subarray(offsets[group]!, offsets[group + 1]!)
    shuffle(inside, random)
    findBonds(refining, inside)
    joinParts(refining, inside, groupSize[group]!)
  }
  return partitionOf(refining.parts, members)
}

type Refining = Level & {
  readonly membership: Int32Array
  readonly resolution: number
  /** The part of each node: the number of one of its nodes. */
  readonly parts: Int32Array
  readonly partSize: Float64Array
  /** Weight between a part and the rest of its group. */
  readonly bonds: Float64Array
  readonly isAlone: Uint8Array
  /** Scratch: weight between a node and each part, 0 between uses. */
  readonly sums: Float64Array
  readonly met: Int32Array
}

function findBonds({ graph, membership, bonds }: Refining, inside: Int32Array): void {
  const { offsets, targets, weights } = graph
  const group = membership[inside[0]!]!
  for (let i = 0; i < inside.length; i++) {
    const node = inside[i]!
    const end = offsets[node + 1]!
    let bond = 0
    for (let place = offsets[node]!; place < end; place++)
      if (membership[targets[place]!] === group) bond += weights[place]!
    bonds[node] = bond
  }
}

function joinParts(refining: Refining, inside: Int32Array, whole: number): void {
  const { graph, sizes, membership, resolution, parts, partSize, bonds, isAlone, sums, met } = refining
  const { offsets, targets, weights } = graph
  const group = membership[inside[0]!]!
  for (let i = 0; i < inside.length; i++) {
    const node = inside[i]!
    const size = sizes[node]!
    const rounding = ROUNDING * bonds[node]!
    if (isAlone[node] === 0 || bonds[node]! + rounding < resolution * size * (whole - size)) continue
    const end = offsets[node + 1]!
    let count = 0
    for (let place = offsets[node]!; place < end; place++) {
      const other = targets[place]!
      if (membership[other] !== group) continue
      const part = parts[other]!
      if (sums[part] === 0) met[count++] = part
      sums[part]! += weights[place]!
    }
    let best = node
    let bestGain = -rounding
    let bond = 0
    for (let j = 0; j < count; j++) {
      const part = met[j]!
      const weight = sums[part]!
      sums[part] = 0
      const gain = weight - resolution * size * partSize[part]!
      if (gain <= bestGain) continue
      if (bonds[part]! + rounding < resolution * partSize[part]! * (whole - partSize[part]!)) continue
      best = part
      bestGain = gain
      bond = weight
    }
    if (best === node) continue
    parts[node] = best
    partSize[best]! += size
    bonds[best]! += bonds[node]! - 2 * bond
    isAlone[node] = 0
    isAlone[best] = 0
  }
}
