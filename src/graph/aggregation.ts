import type { Level } from './local-moving.ts'
import { groupMembers, type Partition } from './partition.ts'

/** Where the edges of an aggregated graph are put: as many as there are before. */
export type Room = { readonly targets: Int32Array; readonly weights: Float64Array }

export function roomFor({ targets: { length } }: Level['graph']): Room {
  return { targets: new Int32Array(length), weights: new Float64Array(length) }
}

/**
 * Makes one node of each group, in O(nodes + edges): sizes are summed, as are edges between the same two groups, and
 * edges inside a group become its loop: Blondel et al. 2008 (https://doi.org/10.1088/1742-5468/2008/10/P10008), phase 2.
 * The new graph lies in `room`, where the old one must not.
 */
export function aggregate({ graph, sizes }: Level, groups: Partition, room = roomFor(graph)): Level {
  const { offsets: rows, members } = groupMembers(groups)
  const { membership, count: nodes } = groups
  const { offsets: oldOffsets, targets: oldTargets, weights: oldWeights, loops: oldLoops } = graph
  const offsets = new Int32Array(nodes + 1)
  const loops = new Float64Array(nodes)
  const groupSizes = new Float64Array(nodes)
  const { targets, weights } = room
  const sums = new Float64Array(nodes)
  let kept = 0
  for (let group = 0; group < nodes; group++) {
    const first = kept
    let inside = 0
    for (let i = rows[group]!; i < rows[group + 1]!; i++) {
      const node = members[i]!
      groupSizes[group]! += sizes[node]!
      loops[group]! += oldLoops[node]!
      const end = oldOffsets[node + 1]!
      for (let place = oldOffsets[node]!; place < end; place++) {
        const other = membership[oldTargets[place]!]!
        if (other === group) inside += oldWeights[place]!
        else {
          if (sums[other] === 0) targets[kept++] = other
          sums[other]! += oldWeights[place]!
        }
      }
    }
    loops[group]! += inside / 2
    for (let place = first; place < kept; place++) {
      weights[place] = sums[targets[place]!]!
      sums[targets[place]!] = 0
    }
    offsets[group + 1] = kept
  }
  // Written out in the order of buildUndirected: one shape for the compiler, which a spread does not give.
  const [used, usedWeights] = [targets.subarray(0, kept), weights.subarray(0, kept)]
  return { graph: { nodes, offsets, targets: used, weights: usedWeights, loops }, sizes: groupSizes }
}
