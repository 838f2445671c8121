import { aggregate, type Room, roomFor } from './aggregation.ts'
import { type Level, moveNodes } from './local-moving.ts'
import { numbersBelow, type Partition, partitionOf } from './partition.ts'
import { constantPotts, fullStrengths, modularity } from './quality.ts'
import { refineGroups } from './refinement.ts'
import type { Undirected } from './undirected.ts'

export type LeidenOptions = {
  /** `modularity`, or `cpm`: weight inside communities less `resolution` for every pair of nodes in one. */
  readonly objective: 'modularity' | 'cpm'
  /** Higher gives more and smaller communities; 1 by default. */
  readonly resolution?: number
  /** How many nodes a node counts as, for `cpm`; 1 by default. */
  readonly nodeSizes?: Float64Array
  /** Uniform in [0, 1). The same stream gives the same communities. */
  readonly random: () => number
  /** Each begins with the communities of the one before. By default they go on until one moves nothing. */
  readonly iterations?: number
}

export type Communities = Partition & {
  /** The objective of the communities found, as `modularity` or `constantPotts` gives it. */
  readonly quality: number
  readonly iterations: number
}

/**
 * Communities of an undirected graph by the Leiden algorithm: Traag, Waltman and van Eck 2019
 * (https://doi.org/10.1038/s41598-019-41695-z). Each is connected: it is one node of the last, coarsest graph, and nodes
 * of a coarser graph are the connected parts that refinement made of the finer one.
 */
export function leiden(graph: Undirected, options: LeidenOptions): Communities {
  const { objective, resolution = 1, random, iterations: most = Number.POSITIVE_INFINITY } = options
  const isPotts = objective === 'cpm'
  const sizes = isPotts ? (options.nodeSizes ?? new Float64Array(graph.nodes).fill(1)) : fullStrengths(graph)
  const double = isPotts ? 1 : sizes.reduce((sum, size) => sum + size, 0)
  const price = double === 0 ? 0 : resolution / double
  let membership = numbersBelow(graph.nodes)
  const room = [roomFor(graph), roomFor(graph)] as const
  let iterations = 0
  for (let gain = 1; gain > 0 && iterations < most; iterations++)
    ({ membership, gain } = climb({ graph, sizes }, membership, price, random, room))
  const found = partitionOf(membership)
  const quality = isPotts
    ? constantPotts(graph, found.membership, resolution, sizes)
    : modularity(graph, found.membership, resolution)
  return { ...found, quality, iterations }
}

/** One iteration: moves, refines and aggregates until nothing moves and refinement leaves every node alone. */
function climb(
  finest: Level,
  start: Int32Array<ArrayBuffer>,
  resolution: number,
  random: () => number,
  room: readonly [Room, Room],
) {
  const place = numbersBelow(start.length)
  let level = finest
  let groups = start
  let gain = 0
  for (let depth = 0; ; ) {
    const more = moveNodes(level, groups, resolution, random)
    gain += more
    const parts = refineGroups(level, groups, resolution, random)
    if (parts.count === level.graph.nodes) {
      if (more === 0) return { membership: place, gain }
      continue
    }
    const groupOfPart = new Int32Array(parts.count)
    for (let node = 0; node < groups.length; node++) groupOfPart[parts.membership[node]!] = groups[node]!
    groups = partitionOf(groupOfPart).membership
    for (let node = 0; node < place.length; node++) place[node] = parts.membership[place[node]!]!
    level = aggregate(level, parts, room[depth++ % 2]!)
  }
}
