import type { Level } from './local-moving.ts'
import { groupMembers, type Partition } from './partition.ts'

/**
 * Makes one node of each group, in O(nodes + edges): sizes are summed, as are edges between the same two groups, and
 * edges inside a group become its loop. Blondel et al. 2008 (https://doi.org/10.1088/1742-5468/2008/10/P10008), phase 2.
 */
export function aggregate({ graph, sizes }: Level, groups: Partition): Level {
  const { offsets: rows, members } = groupMembers(groups)
  const nodes = groups.count
  const offsets = new Int32Array(nodes + 1)
  const loops = new Float64Array(nodes)
  const groupSizes = new Float64Array(nodes)
  // As long as the edges before, though fewer are used: memory that is not touched costs nothing, a copy does.
  const targets = new Int32Array(graph.targets.length)
  const weights = new Float64Array(graph.targets.length)
  const sums = new Float64Array(nodes)
  let kept = 0
  for (let group = 0; group < nodes; group++) {
    const first = kept
    for (let i = rows[group]!; i < rows[group + 1]!; i++) {
      const node = members[i]!
      groupSizes[group]! += sizes[node]!
      loops[group]! += graph.loops[node]!
      for (let place = graph.offsets[node]!; place < graph.offsets[node + 1]!; place++) {
        const other = groups.membership[graph.targets[place]!]!
        if (other === group) loops[group]! += graph.weights[place]! / 2
        else {
          if (sums[other] === 0) targets[kept++] = other
          sums[other]! += graph.weights[place]!
        }
      }
    }
    for (let place = first; place < kept; place++) {
      weights[place] = sums[targets[place]!]!
      sums[targets[place]!] = 0
    }
    offsets[group + 1] = kept
  }
  const csr = { nodes, offsets, targets: targets.subarray(0, kept), weights: weights.subarray(0, kept) }
  return { graph: { ...csr, loops }, sizes: groupSizes }
}
