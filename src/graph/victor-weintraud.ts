import { balancedPrefix, placesFor, type Trades } from './balanced-prefix.ts'
import { buildCsr, type Csr } from './csr.ts'
import { type StrongLayers, strongLayers } from './strong-layers.ts'

export type VictorWeintraudOptions = {
  /** In how many layers a set of nodes is a component at least; 100 by default, as in the paper's run. */
  readonly occurrences?: number
  /** Tumbling windows in ms, in the order of the passes; an hour, a day and a week by default. */
  readonly windows?: readonly number[]
  /** Where windows begin, UTC ms; 0 by default, so that later trades never move them. The paper takes its first day. */
  readonly start?: number
  /** Balance left to a node, in mean trades of the window, to a millionth; 0.01 by default. */
  readonly margin?: number
}

export type MatchedTrades = {
  readonly layers: StrongLayers
  /** The set within which a trade balanced; -1 for none. */
  readonly sets: Int32Array
  /** The pass, that is the place in `windows`, in which it did; -1 for none. */
  readonly passes: Int32Array
}

const HOUR = 3_600_000

/**
 * Trades that lead nowhere: sets of nodes that are strongly connected again and again, and in them runs of trades after
 * which every node is back where it began. Victor and Weintraud 2021 (https://doi.org/10.1145/3442381.3449824). A window
 * holds the trades of a set that no earlier window matched, and matches them from its first; larger sets come first, as
 * their layers do. Trades of a node with itself take no part. O(trades log nodes) for each pass and each set around a trade.
 */
export function matchTrades(trades: Trades, options: VictorWeintraudOptions = {}): MatchedTrades {
  const { occurrences = 100, windows = [HOUR, 24 * HOUR, 168 * HOUR], start = 0, margin = 0.01 } = options
  const layers = strongLayers(tradeCounts(trades))
  const lists = tradesWithin(trades, layers, occurrences)
  const rows = trades.from.length
  const sets = new Int32Array(rows).fill(-1)
  const passes = new Int32Array(rows).fill(-1)
  const places = placesFor(trades)
  const marginMillionths = BigInt(Math.round(margin * 1e6))
  const match = (found: Int32Array, set: number, pass: number) => {
    const count = found.length < 2 ? 0 : balancedPrefix(trades, found, marginMillionths, places)
    for (const row of found.subarray(0, count)) {
      sets[row] = set
      passes[row] = pass
    }
  }
  for (const [pass, window] of windows.entries()) {
    const windowOf = (row: number) => Math.floor((Number(trades.time[row]) - start) / window)
    for (let set = layers.sets - 1; set >= 0; set--) {
      const open = lists.rows.subarray(lists.offsets[set], lists.offsets[set + 1]).filter((row) => sets[row] === -1)
      for (let first = 0, end = 0; first < open.length; first = end) {
        const within = windowOf(open[first]!)
        for (end = first + 1; end < open.length && windowOf(open[end]!) === within; ) end++
        match(open.subarray(first, end), set, pass)
      }
    }
  }
  return { layers, sets, passes }
}

/** How many trades lead from one node to another, those of a node with itself left out. */
function tradeCounts({ nodes, from, to }: Trades): Csr<Int32Array> {
  const pairs = Float64Array.from(from, (source, row) => (source === to[row] ? -1 : source * nodes + to[row]!)).sort()
  const starts = Int32Array.from(pairs.keys()).filter((i) => pairs[i]! >= 0 && pairs[i] !== pairs[i - 1])
  return buildCsr(
    nodes,
    starts.map((i) => Math.floor(pairs[i]! / nodes)),
    starts.map((i) => pairs[i]! % nodes),
    starts.map((i, edge) => (starts[edge + 1] ?? pairs.length) - i),
  )
}

/** For every set that occurs often enough the trades between its members, in order of time. */
function tradesWithin({ nodes, from, to }: Trades, layers: StrongLayers, occurrences: number) {
  const { sets, starts, ends, members } = layers
  const around = Int32Array.from(layers.parents)
  const smallest = new Int32Array(nodes).fill(-1)
  const position = new Int32Array(nodes).fill(-1)
  for (let i = 0; i < members.length; i++) position[members[i]!] = i
  for (let set = sets - 1; set >= 0; set--) {
    const parent = around[set]!
    if (parent !== -1 && layers.occurrences[parent]! < occurrences) around[set] = around[parent]!
    if (layers.occurrences[set]! >= occurrences)
      for (let i = starts[set]!; i < ends[set]!; i++) smallest[members[i]!] = set
  }
  const each = (visit: (set: number, row: number) => void) => {
    for (let row = 0; row < from.length; row++) {
      if (from[row] === to[row]) continue
      const other = position[to[row]!]!
      for (let set = smallest[from[row]!]!; set !== -1; set = around[set]!)
        if (starts[set]! <= other && other < ends[set]!) visit(set, row)
    }
  }
  const offsets = new Int32Array(sets + 1)
  each((set) => {
    offsets[set + 1]!++
  })
  for (let set = 0; set < sets; set++) offsets[set + 1]! += offsets[set]!
  const next = offsets.slice(0, sets)
  const rows = new Int32Array(offsets[sets]!)
  each((set, row) => {
    rows[next[set]!++] = row
  })
  return { offsets, rows }
}
