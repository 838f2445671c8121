import { upperBound } from './lower-bound.ts'

export type BoostingOptions = {
  readonly trees?: number
  readonly depth?: number
  readonly rate?: number
  /** L2 penalty on the value of a leaf. */
  readonly ridge?: number
  /** Least sum of p (1 − p) in a leaf. */
  readonly leastWeight?: number
}

const DEFAULTS = { trees: 100, depth: 4, rate: 0.1, ridge: 1, leastWeight: 5 }
const BINS = 64
/** Gains this close are one: rounding, which goes with the order of rows, must not choose between splits. */
const TIE = 1e-9

/** A fitted model: log odds of rows given as columns, one a feature. */
export type Boosted = (features: readonly Float64Array[]) => Float64Array

/** Complete tree: the children of node n are 2 n + 1 and 2 n + 2; a row goes right where its bin is above `bin`. */
type Tree = { readonly feature: Int32Array; readonly bin: Uint8Array; readonly value: Float64Array }

/**
 * Gradient boosted trees for a yes-or-no target, on histograms of quantile bins: Friedman 2001
 * (https://doi.org/10.1214/aos/1013203451), with the second-order gain of Chen and Guestrin 2016
 * (https://doi.org/10.1145/2939672.2939785). No randomness: the same rows give the same model.
 */
export function boostTrees(
  features: readonly Float64Array[],
  target: Uint8Array,
  options: BoostingOptions = {},
): Boosted {
  const settings = { ...DEFAULTS, ...options }
  const cuts = features.map(quantileCuts)
  const binned = features.map((column, k) => binColumn(column, cuts[k]!))
  const share = (target.reduce((sum, value) => sum + value, 0) + 0.5) / (target.length + 1)
  const base = Math.log(share / (1 - share))
  const eta = new Float64Array(target.length).fill(base)
  const trees: Tree[] = []
  for (let t = 0; t < settings.trees; t++) {
    const gradient = eta.map((value, row) => target[row]! - 1 / (1 + Math.exp(-value)))
    const tree = growTree(binned, gradient, settings, target)
    addTree(tree, binned, eta, settings)
    trees.push(tree)
  }
  return (rows) => {
    const bins = rows.map((column, k) => binColumn(column, cuts[k]!))
    const sums = new Float64Array(rows[0]?.length ?? 0).fill(base)
    for (const tree of trees) addTree(tree, bins, sums, settings)
    return sums
  }
}

function quantileCuts(column: Float64Array): Float64Array {
  const sorted = column.slice().sort()
  const cuts = Array.from({ length: BINS - 1 }, (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / BINS)]!)
  return Float64Array.from(new Set(cuts))
}

/** How many cuts are at or below each value. */
const binColumn = (column: Float64Array, cuts: Float64Array) => Uint8Array.from(column, (v) => upperBound(cuts, v))

type Settings = Required<BoostingOptions>

function growTree(binned: readonly Uint8Array[], gradient: Float64Array, settings: Settings, target: Uint8Array): Tree {
  const nodes = 2 ** (settings.depth + 1) - 1
  const tree = { feature: new Int32Array(nodes).fill(-1), bin: new Uint8Array(nodes), value: new Float64Array(nodes) }
  // p (1 − p), of which the gradient y − p tells p.
  const weight = gradient.map((g, row) => (target[row] === 1 ? 1 - g : -g) * Math.abs(g))
  let rows = Int32Array.from(gradient, (_, row) => row)
  let starts = Int32Array.of(0, rows.length)
  let parents: readonly Float64Array[] = []
  for (let level = 0; level <= settings.depth; level++) {
    const first = 2 ** level - 1
    const state = { first, starts, rows, ...sumNodes(starts, rows, gradient, weight) }
    for (let n = 0; n <= first; n++)
      tree.value[first + n] = state.sums[2 * n]! / (state.sums[2 * n + 1]! + settings.ridge)
    if (level === settings.depth) break
    const histograms = binned.map((bins, feature) => histogramOf(bins, state, parents[feature]))
    for (const [feature, histogram] of histograms.entries()) splitLevel(tree, feature, histogram, state, settings)
    ;({ rows, starts } = partitionRows(tree, binned, state))
    parents = histograms
  }
  return tree
}

type LevelState = {
  /** First node of the level, which has first + 1 of them; rows of the n-th are rows[starts[n]] … */
  readonly first: number
  readonly starts: Int32Array
  readonly rows: Int32Array
  /** Gradient and weight of each row, in this order. */
  readonly values: Float64Array
  /** Their sums of each node, and the best gain of each so far. */
  readonly sums: Float64Array
  readonly best: Float64Array
}

function sumNodes(starts: Int32Array, rows: Int32Array, gradient: Float64Array, weight: Float64Array) {
  const count = starts.length - 1
  const values = new Float64Array(2 * rows.length)
  const sums = new Float64Array(2 * count)
  for (let n = 0; n < count; n++)
    for (let k = starts[n]!; k < starts[n + 1]!; k++) {
      values[2 * k] = gradient[rows[k]!]!
      values[2 * k + 1] = weight[rows[k]!]!
      sums[2 * n]! += values[2 * k]!
      sums[2 * n + 1]! += values[2 * k + 1]!
    }
  return { values, sums, best: new Float64Array(count).fill(1e-6) }
}

const STRIDE = 2 * BINS

/** Sums of gradient and weight by node and bin. Of two siblings the larger is what the other leaves of their parent. */
function histogramOf(bins: Uint8Array, level: LevelState, parent: Float64Array | undefined): Float64Array {
  const { first, starts, rows, values } = level
  const histogram = new Float64Array((first + 1) * STRIDE)
  const fill = (n: number) => {
    const base = n * STRIDE
    for (let k = starts[n]!; k < starts[n + 1]!; k++) {
      const at = base + 2 * bins[rows[k]!]!
      histogram[at]! += values[2 * k]!
      histogram[at + 1]! += values[2 * k + 1]!
    }
  }
  if (parent === undefined) fill(0)
  else
    for (let left = 0; left <= first; left += 2) {
      const isLeftSmall = starts[left + 1]! - starts[left]! <= starts[left + 2]! - starts[left + 1]!
      const small = isLeftSmall ? left : left + 1
      fill(small)
      const [from, to, all] = [small * STRIDE, (small ^ 1) * STRIDE, (left >> 1) * STRIDE]
      for (let k = 0; k < STRIDE; k++) histogram[to + k] = parent[all + k]! - histogram[from + k]!
    }
  return histogram
}

/** Rows of the next level, those that go left first; a node that was not split has no rows left. */
function partitionRows(tree: Tree, binned: readonly Uint8Array[], { first, starts, rows }: LevelState) {
  const next = new Int32Array(rows.length)
  const ends = new Int32Array(2 * (first + 1) + 1)
  let kept = 0
  for (let n = 0; n <= first; n++) {
    const bins = binned[tree.feature[first + n]!]
    for (const side of [0, 1]) {
      for (let k = starts[n]!; bins !== undefined && k < starts[n + 1]!; k++)
        if ((bins[rows[k]!]! > tree.bin[first + n]! ? 1 : 0) === side) next[kept++] = rows[k]!
      ends[2 * n + side + 1] = kept
    }
  }
  return { rows: next.subarray(0, kept), starts: ends }
}

/** Takes the best split by one feature of every node of a level where it beats those of features before it. */
function splitLevel(
  tree: Tree,
  feature: number,
  histogram: Float64Array,
  { first, sums, best }: LevelState,
  { ridge, leastWeight }: Settings,
): void {
  for (let n = 0; n <= first; n++) {
    const [g, h] = [sums[2 * n]!, sums[2 * n + 1]!]
    const whole = g ** 2 / (h + ridge)
    let [left, leftWeight] = [0, 0]
    for (let bin = 0; bin < BINS - 1; bin++) {
      left += histogram[2 * (n * BINS + bin)]!
      leftWeight += histogram[2 * (n * BINS + bin) + 1]!
      if (leftWeight < leastWeight || h - leftWeight < leastWeight) continue
      const gain = left ** 2 / (leftWeight + ridge) + (g - left) ** 2 / (h - leftWeight + ridge) - whole
      if (gain <= best[n]! * (1 + TIE)) continue
      best[n] = gain
      tree.feature[first + n] = feature
      tree.bin[first + n] = bin
    }
  }
}

function addTree(tree: Tree, binned: readonly Uint8Array[], sums: Float64Array, { rate }: Settings): void {
  for (let row = 0; row < sums.length; row++) {
    let node = 0
    while (tree.feature[node] !== -1)
      node = 2 * node + 1 + (binned[tree.feature[node]!]![row]! > tree.bin[node]! ? 1 : 0)
    sums[row]! += rate * tree.value[node]!
  }
}
