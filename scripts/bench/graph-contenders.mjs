// One contender of graph.mjs: reads a file of edges, does one task and prints what that took, as one line.
// Usage: node graph-contenders.mjs KIND TASK EDGES MEMBERSHIP [FOLDER OF THE PEER]
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [kind, task, file, memberships, folder] = process.argv.slice(2)
const dist = (path) => import(pathToFileURL(join(import.meta.dirname, '..', '..', 'dist', 'src', path)).href)

const washboard = async () => {
  const [{ buildCsr }, { buildUndirected }, { strongComponents }, { leiden }, { randomStream }] = await Promise.all(
    ['csr', 'undirected', 'strong-components', 'leiden']
      .map((name) => dist(`graph/${name}.js`))
      .concat(dist('statistics/index.js')),
  )
  const random = randomStream(1, 'bench').next
  const communities = (options) => (graph) => leiden(graph, { objective: 'modularity', random, ...options }).membership
  return {
    load: (isDirected) => {
      const { nodes, sources, targets } = readEdges()
      return (isDirected ? buildCsr : buildUndirected)(nodes, sources, targets)
    },
    strong: (graph) => strongComponents(graph).membership,
    communities: communities(kind === 'washboard' ? { iterations: 2 } : {}),
  }
}

const graphology = async () => {
  const require = createRequire(join(folder, 'package.json'))
  const { MultiDirectedGraph, MultiUndirectedGraph } = require('graphology')
  const louvain = require('graphology-communities-louvain')
  const { stronglyConnectedComponents } = require('graphology-components')
  const { randomStream } = await dist('statistics/index.js')
  const rng = randomStream(1, 'bench').next
  return {
    load: (isDirected) => {
      const { nodes, sources, targets } = readEdges()
      const graph = new (isDirected ? MultiDirectedGraph : MultiUndirectedGraph)()
      for (let node = 0; node < nodes; node++) graph.addNode(node)
      for (let i = 0; i < sources.length; i++) graph.addEdge(sources[i], targets[i])
      return graph
    },
    strong: (graph) => {
      const membership = new Int32Array(graph.order)
      stronglyConnectedComponents(graph).forEach((nodes, group) => {
        for (const node of nodes) membership[node] = group
      })
      return membership
    },
    communities: (graph) => {
      const found = louvain(graph, { rng, getEdgeWeight: null })
      return Int32Array.from({ length: graph.order }, (_, node) => found[node])
    },
  }
}

/** Quality of communities that another process found, by one measure for all. */
async function measure() {
  const { buildUndirected } = await dist('graph/undirected.js')
  const { modularity } = await dist('graph/quality.js')
  const { connectedComponents } = await dist('graph/union-find.js')
  const { partitionOf } = await dist('graph/partition.js')
  const { nodes, sources, targets } = readEdges()
  const bytes = readFileSync(memberships)
  const membership = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  const { count } = partitionOf(membership)
  const quality = modularity(buildUndirected(nodes, sources, targets), membership)
  const inside = sources.map((source, i) => (membership[source] === membership[targets[i]] ? source : targets[i]))
  const parts = connectedComponents(buildUndirected(nodes, inside, targets)).count
  return { quality, count, broken: parts - count }
}

function readEdges() {
  const bytes = readFileSync(file)
  const pairs = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  const [sources, targets] = [new Int32Array(pairs.length / 2), new Int32Array(pairs.length / 2)]
  let highest = -1
  for (let i = 0; i < sources.length; i++) {
    sources[i] = pairs[2 * i]
    targets[i] = pairs[2 * i + 1]
    highest = Math.max(highest, sources[i], targets[i])
  }
  return { nodes: highest + 1, sources, targets }
}

async function run() {
  const { load, [task]: work } = await (kind === 'graphology' ? graphology() : washboard())
  const cpu = process.cpuUsage()
  const start = performance.now()
  const graph = load(task === 'strong')
  const loaded = performance.now()
  const membership = work(graph)
  const done = performance.now()
  const { user, system } = process.cpuUsage(cpu)
  writeFileSync(memberships, membership)
  const groups = new Set(membership).size
  return { load: (loaded - start) / 1000, work: (done - loaded) / 1000, cpu: (user + system) / 1e6, groups }
}

const result = task === 'measure' ? await measure() : await run()
process.stdout.write(`${JSON.stringify({ ...result, peak: process.resourceUsage().maxRSS / 1024 })}\n`)
