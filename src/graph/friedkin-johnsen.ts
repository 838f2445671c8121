import { GraphError, strengths } from './csr.ts'
import type { Undirected } from './undirected.ts'

export type FriedkinJohnsenOptions = {
  /** Weight of a node's own opinion against that of its neighbours, in (0, 1]; 1/2 by default. */
  readonly own?: number
  /** Ends where the change is below this; 1e-5 by default, 1e-12 at least. */
  readonly tolerance?: number
  /**
   * What is held against it: the `largest` change of an opinion, the default, which from opinions in [0, 1] takes 17
   * iterations at most (where they begin further from 0, in units of the furthest); or, as in the paper, the change
   * `relative` to the opinions, both as Euclidean norms.
   */
  readonly stop?: 'largest' | 'relative'
}

export type Opinions = {
  readonly opinions: Float64Array
  /** What neighbours add: an opinion is own × start + (1 - own) × this, their mean by weight. A node alone adds its own. */
  readonly neighbours: Float64Array
  readonly iterations: number
}

/**
 * Opinions that are each a mix of the node's own at the start and the mean of its neighbours: Friedkin and Johnsen 1990
 * (https://doi.org/10.1080/0022250X.1990.9990069), as iterated from the start by Sirolly, Ma, Kanoria and Sethi 2025
 * (https://doi.org/10.2139/ssrn.5714122, algorithm 1, part II). Loops do not count. With own = 1/2 the sum of opinions
 * by strength never changes; the largest change shrinks by 1 - own at least, so the iteration ends.
 */
export function friedkinJohnsen(
  graph: Undirected,
  start: Float64Array,
  { own = 1 / 2, tolerance = 1e-5, stop = 'largest' }: FriedkinJohnsenOptions = {},
): Opinions {
  if (!(own > 0 && own <= 1 && tolerance >= 1e-12))
    throw new GraphError('The iteration would not end.', [`own ${own}, tolerance ${tolerance}.`])
  const strength = strengths(graph)
  const neighbours = new Float64Array(graph.nodes)
  const scale = start.reduce((most, opinion) => Math.max(most, Math.abs(opinion)), 1)
  let opinions = start.slice()
  for (let iterations = 1; ; iterations++) {
    averageNeighbours(graph, strength, opinions, neighbours)
    let [change, norm, largest] = [0, 0, 0]
    const next = new Float64Array(graph.nodes)
    for (let node = 0; node < graph.nodes; node++) {
      next[node] = own * start[node]! + (1 - own) * neighbours[node]!
      const moved = Math.abs(next[node]! - opinions[node]!)
      largest = Math.max(largest, moved)
      change += moved ** 2
      norm += opinions[node]! ** 2
    }
    opinions = next
    const isStill = stop === 'largest' ? !(largest >= tolerance * scale) : !(change > tolerance ** 2 * norm)
    if (isStill) return { opinions, neighbours, iterations }
  }
}

function averageNeighbours(
  { nodes, offsets, targets, weights }: Undirected,
  strength: Float64Array,
  opinions: Float64Array,
  means: Float64Array,
): void {
  for (let node = 0; node < nodes; node++) {
    let sum = 0
    for (let place = offsets[node]!; place < offsets[node + 1]!; place++)
      sum += weights[place]! * opinions[targets[place]!]!
    means[node] = strength[node] === 0 ? opinions[node]! : sum / strength[node]!
  }
}
