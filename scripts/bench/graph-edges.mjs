// Edge files of the graph bench: pairs of 32-bit node numbers, first the one that pays.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'

const dist = (path) => import(pathToFileURL(join(import.meta.dirname, '..', '..', 'dist', 'src', path)).href)

/** A tenth as many nodes as edges, in communities with heavy-tailed sizes; see `describe` for the rest. */
export const COMMUNITIES = { inside: 0.7, smallest: 20, largest: 2000 }

/**
 * Writes a random graph of communities: their sizes and the activity of nodes have Pareto tails of exponents 1 and 1.5;
 * seven edges in ten stay inside. Numbers of nodes are shuffled, so that no reader gains by their order.
 */
export async function writeCommunityGraph(file, edges) {
  const { randomStream } = await dist('statistics/index.js')
  const random = randomStream(1, `community-graph-${edges}`)
  const nodes = edges / 10
  const names = Int32Array.from({ length: nodes }, (_, i) => i)
  for (let i = nodes - 1; i > 0; i--) {
    const j = random.below(i + 1)
    ;[names[i], names[j]] = [names[j], names[i]]
  }
  const { stubs, community, starts } = drawStubs(random, nodes, names)
  const pairs = new Int32Array(2 * edges)
  for (let i = 0; i < edges; i++) {
    const from = random.below(stubs.length)
    const home = community[from]
    const [low, high] = random.next() < COMMUNITIES.inside ? [starts[home], starts[home + 1]] : [0, stubs.length]
    pairs[2 * i] = stubs[from]
    pairs[2 * i + 1] = stubs[low + random.below(high - low)]
  }
  writeFileSync(file, pairs)
  return { nodes, edges }
}

/** Nodes repeated by their activity, community by community. */
function drawStubs(random, nodes, names) {
  const pareto = (low, high, exponent) => Math.min(high, Math.floor(low * (1 - random.next()) ** (-1 / exponent)))
  const [stubs, community, starts] = [[], [], [0]]
  for (let node = 0; node < nodes; ) {
    const end = Math.min(nodes, node + pareto(COMMUNITIES.smallest, COMMUNITIES.largest, 1))
    for (; node < end; node++)
      for (let n = pareto(4, 400, 1.5); n > 0; n--) {
        stubs.push(names[node])
        community.push(starts.length - 1)
      }
    starts.push(stubs.length)
  }
  return { stubs: Int32Array.from(stubs), community: Int32Array.from(community), starts }
}

/** Writes the transfers of the hop-bridge data, an edge as often as a chain and kind has it. */
export async function writeHopBridge(file, folder) {
  const { intern, noNames } = await dist('graph/intern.js')
  const rows = gunzipSync(readFileSync(join(folder, 'hop-bridge', 'transfer-edges.csv.gz')))
    .toString()
    .trim()
    .split('\n')
  const names = noNames()
  const ends = rows.slice(1).flatMap((row) => row.split(',').slice(2, 4))
  writeFileSync(file, intern(ends, names))
  return { nodes: names.names.length, edges: rows.length - 1 }
}
