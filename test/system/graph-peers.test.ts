import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { buildCsr } from '../../src/graph/csr.ts'
import { intern, noNames } from '../../src/graph/intern.ts'
import { coreNumbers } from '../../src/graph/k-core.ts'
import { leiden } from '../../src/graph/leiden.ts'
import { constantPotts, modularity } from '../../src/graph/quality.ts'
import { strongComponents } from '../../src/graph/strong-components.ts'
import { buildUndirected, type Undirected } from '../../src/graph/undirected.ts'
import { connectedComponents } from '../../src/graph/union-find.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { itWithData } from '../support/outside-data.ts'

// leidenalg needs about a minute for the graph of the bridge, and more on a busy machine.
vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 })

const RESOLUTION = { modularity: 1, cpm: 0.1 }
const OBJECTIVES = ['modularity', 'cpm'] as const

type Drawn = { readonly nodes: number; readonly rows: Int32Array }
type Found = { readonly membership: number[]; readonly quality: number }
type Answer = { readonly strong: number[]; readonly cores: number[]; readonly modularity: Found; readonly cpm: Found }

/** What igraph and leidenalg say of each graph, all asked in one process. */
function askPeers(graphs: readonly Drawn[], iterations: number, objectives: readonly string[]): Answer[] {
  const folder = mkdtempSync(join(tmpdir(), 'washboard-graphs-'))
  try {
    const file = join(folder, 'graphs.bin')
    const parts = graphs.flatMap(({ nodes, rows }) => [Int32Array.of(nodes, rows.length / 3), rows])
    writeFileSync(file, Buffer.concat(parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength))))
    const python = resolve('node_modules/.cache/python/bin/python')
    const script = join(import.meta.dirname, 'graph-peers.py')
    const options = { encoding: 'utf8' as const, maxBuffer: 2 ** 30 }
    const lines = execFileSync(python, [script, file, String(iterations), ...objectives], options)
      .trimEnd()
      .split('\n')
    return lines.map((line) => JSON.parse(line))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const column = ({ rows }: Drawn, i: number) => new Int32Array(rows.length / 3).map((_, row) => rows[3 * row + i]!)

function build(drawn: Drawn) {
  const [sources, targets, weights] = [column(drawn, 0), column(drawn, 1), column(drawn, 2)]
  const apart = weights.map((weight, i) => (sources[i] === targets[i] ? 0 : weight))
  return {
    directed: buildCsr(drawn.nodes, sources, targets, weights),
    undirected: buildUndirected(drawn.nodes, sources, targets, apart),
  }
}

/** Ways to draw an edge among n nodes; together they hold what payments hold: pairs, hubs, rings, groups, repeats. */
const families: { readonly [name: string]: (random: Random, n: number, i: number) => readonly [number, number] } = {
  uniform: (random, n) => [random.below(n), random.below(n)],
  market: (random, n) => {
    const [buyer, seller] = [random.below(n), Math.floor((n * random.next()) / 8)]
    return random.next() < 0.2 ? [seller, buyer] : [buyer, seller]
  },
  planted: (random, n) => {
    const a = random.below(n)
    const first = a - (a % 10)
    return [a, random.next() < 0.75 ? first + random.below(Math.min(10, n - first)) : random.below(n)]
  },
  hubs: (random, n) => [Math.floor(n * random.next() ** 4), random.below(n)],
  rings: (random, n, i) => [i % n, random.next() < 0.9 ? (i + 1) % n : random.below(n)],
}

function drawGraphs(count: number): Drawn[] {
  const random = randomStream(1, 'graph-peers')
  const names = Object.keys(families)
  return Array.from({ length: count }, (_, i) => {
    const family = names[i % names.length]!
    const nodes = 2 + Math.floor(400 * random.next() ** 3)
    const edges = 1 + random.below(nodes * (1 + random.below(6)))
    const heaviest = random.pick([1, 3, 50])
    const rows = Array.from({ length: edges }, (_, e) => [
      ...families[family]!(random, nodes, e),
      1 + random.below(heaviest),
    ])
    return { nodes, rows: Int32Array.from(rows.flat()) }
  })
}

const qualityOf = { modularity, cpm: constantPotts }

function ours(graph: Undirected, objective: keyof typeof RESOLUTION, seed: number) {
  const random = randomStream(seed, 'leiden').next
  const found = leiden(graph, { objective, resolution: RESOLUTION[objective], random })
  expect(disconnected(graph, found.membership, found.count)).toBe(0)
  return found.quality
}

/** One number a group, by first appearance, so that equal partitions are equal arrays. */
function numbered(membership: ArrayLike<number>): number[] {
  const numbers = new Map<number, number>()
  return Array.from(membership, (group) => numbers.get(group) ?? numbers.set(group, numbers.size).size - 1)
}

/** How many communities fall apart: the edges inside communities leave more components than there are communities. */
function disconnected({ nodes, offsets, targets, weights }: Undirected, membership: Int32Array, count: number): number {
  const sources = Int32Array.from(targets)
  for (let node = 0; node < nodes; node++) sources.fill(node, offsets[node], offsets[node + 1])
  const inside = sources.map((source, i) => (membership[source] === membership[targets[i]!] ? targets[i]! : source))
  return connectedComponents(buildCsr(nodes, sources, inside, weights)).count - count
}

describe('random graphs, beside igraph and leidenalg', () => {
  const graphs = drawGraphs(1200)
  let answers: Answer[] = []
  beforeAll(() => {
    // Until nothing moves, as ours do.
    answers = askPeers(graphs, -1, OBJECTIVES)
    expect(answers.length).toBe(graphs.length)
  })

  it('have the same strongly connected components', () => {
    answers.forEach(({ strong }, i) => {
      expect(numbered(strongComponents(build(graphs[i]!).directed).membership)).toEqual(numbered(strong))
    })
    const joined = answers.filter(({ strong }) => new Set(strong).size < strong.length / 2)
    expect(joined.length).toBeGreaterThan(100)
  })

  it('have the same core numbers', () => {
    answers.forEach(({ cores }, i) => {
      expect([...coreNumbers(build(graphs[i]!).undirected)]).toEqual(cores)
    })
    expect(answers.filter(({ cores }) => Math.max(...cores) > 3).length).toBeGreaterThan(100)
  })

  it.each(OBJECTIVES)(
    'have communities by %s within one percent of those of leidenalg, all connected',
    (objective) => {
      const sums = { ours: 0, theirs: 0 }
      const ratios: number[] = []
      answers.forEach(({ [objective]: theirs }, i) => {
        const { undirected } = build(graphs[i]!)
        const weight = undirected.weights.reduce((sum, value) => sum + value, 0) / 2
        if (weight === 0) return
        const read = qualityOf[objective](undirected, Int32Array.from(theirs.membership), RESOLUTION[objective])
        expect(read).toBeCloseTo(theirs.quality, 6)
        const quality = ours(undirected, objective, 1)
        sums.ours += quality
        sums.theirs += theirs.quality
        if (theirs.quality > 0) ratios.push(quality / theirs.quality)
        // Greedy searches end in different optima, on small graphs further apart than one percent, now one ahead and now
        // the other. So the means decide; but of ten streams one comes within 5 % of the weight of all edges.
        const floor = theirs.quality - 0.05 * (objective === 'cpm' ? weight : 1)
        const best = (seed: number, found: number): number =>
          found >= floor || seed > 10 ? found : best(seed + 1, Math.max(found, ours(undirected, objective, seed)))
        expect(best(2, quality)).toBeGreaterThanOrEqual(floor)
      })
      expect(ratios.length).toBeGreaterThan(900)
      expect(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length).toBeGreaterThan(0.99)
      expect(sums.ours).toBeGreaterThan(0.99 * sums.theirs)
    },
    300_000,
  )
})

describe('transfers of a bridge, beside igraph and leidenalg', () => {
  const readGraph = (file: string): Drawn => {
    const names = noNames()
    const rows = gunzipSync(readFileSync(file)).toString().trim().split('\n').slice(1)
    const cells = rows.map((row) => row.split(','))
    const [sources, targets] = [2, 3].map((i) =>
      intern(
        cells.map((row) => row[i]!),
        names,
      ),
    ) as [Int32Array, Int32Array]
    const edges = new Int32Array(3 * rows.length)
    for (let i = 0; i < rows.length; i++) edges.set([sources[i]!, targets[i]!, Number(cells[i]![4])], 3 * i)
    return { nodes: names.names.length, rows: edges }
  }

  itWithData(
    'agree on components and cores, and on communities within 1 %',
    ['hop-bridge/transfer-edges.csv.gz'],
    (file) => {
      const drawn = readGraph(file!)
      const [theirs] = askPeers([drawn], 2, ['modularity'])
      const { directed, undirected } = build(drawn)
      // Compared as a whole: a failure must not print half a million numbers.
      expect(String(numbered(strongComponents(directed).membership)) === String(numbered(theirs!.strong))).toBe(true)
      expect(String(coreNumbers(undirected)) === String(theirs!.cores)).toBe(true)
      expect(ours(undirected, 'modularity', 1)).toBeGreaterThan(0.99 * theirs!.modularity.quality)
    },
  )
})
