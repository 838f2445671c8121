import { type BinaryDesign, linearPredictor, logisticStep } from '../statistics/logistic-step.ts'
import { BEHAVIOUR_BINS } from './behaviour.ts'
import { columnsOf, FEATURE_WIDTH, type FeaturePairs } from './pair-features.ts'

const ROUNDS = 15
const STEPS = 2
const START = 0.2
const RIDGE = 2

/**
 * Posterior of each pair to be related: a logistic prior of its features, times the ratio of its behaviour. The prior is
 * fitted by EM without labels, on distinct cells, where the posteriors of the round before are what it should give.
 */
export function linkPosteriors(pairs: FeaturePairs, ratio: Float64Array): Float64Array {
  const cells = Int32Array.from(new Set(pairs.cell)).sort()
  const prior = fitPrior(cells, countBins(pairs, cells), ratio)
  const priorOf = new Map(Array.from(cells, (cell, i) => [cell, prior[i]!]))
  return Float64Array.from({ length: pairs.count }, (_, pair) => {
    const p = priorOf.get(pairs.cell[pair]!)!
    return posterior(p, ratio[pairs.bin[pair]!]!)
  })
}

const posterior = (p: number, ratio: number) => (p * ratio) / (p * ratio + 1 - p)

/** How many pairs of each cell stand in each bin: cell i has counts[offsets[i]] …, rising by bin. */
type BinCounts = { readonly offsets: Int32Array; readonly bins: Uint8Array; readonly counts: Int32Array }

function countBins(pairs: FeaturePairs, cells: Int32Array): BinCounts {
  const number = new Map(Array.from(cells, (cell, i) => [cell, i]))
  const keys = Float64Array.from(
    pairs.cell,
    (cell, pair) => number.get(cell)! * BEHAVIOUR_BINS + pairs.bin[pair]!,
  ).sort()
  const offsets = new Int32Array(cells.length + 1)
  const bins = new Uint8Array(keys.length)
  const counts = new Int32Array(keys.length)
  let kept = -1
  for (let i = 0; i < keys.length; i++) {
    if (i === 0 || keys[i] !== keys[i - 1]) {
      kept++
      const cell = Math.floor(keys[i]! / BEHAVIOUR_BINS)
      bins[kept] = keys[i]! % BEHAVIOUR_BINS
      offsets[cell + 1] = kept + 1
    }
    counts[kept]!++
  }
  return { offsets, bins, counts }
}

function fitPrior(cells: Int32Array, { offsets, bins, counts }: BinCounts, ratio: Float64Array): Float64Array {
  const design = designOf(cells)
  let beta: Float64Array = new Float64Array(FEATURE_WIDTH)
  let prior = new Float64Array(cells.length).fill(START)
  const weights = new Float64Array(cells.length)
  const targets = new Float64Array(cells.length)
  for (let round = 0; round < ROUNDS; round++) {
    for (let cell = 0; cell < cells.length; cell++) {
      weights[cell] = targets[cell] = 0
      for (let place = offsets[cell]!; place < offsets[cell + 1]!; place++) {
        weights[cell]! += counts[place]!
        targets[cell]! += counts[place]! * posterior(prior[cell]!, ratio[bins[place]!]!)
      }
    }
    for (let step = 0; step < STEPS; step++) beta = logisticStep(design, weights, targets, beta, RIDGE)
    prior = linearPredictor(design, beta).map((eta) => Math.max(1e-4, Math.min(0.98, 1 / (1 + Math.exp(-eta)))))
  }
  return prior
}

function designOf(cells: Int32Array): BinaryDesign {
  const rows = Array.from(cells, columnsOf)
  const offsets = new Int32Array(cells.length + 1)
  for (let i = 0; i < rows.length; i++) offsets[i + 1] = offsets[i]! + rows[i]!.length
  return { width: FEATURE_WIDTH, offsets, columns: Uint8Array.from(rows.flat()) }
}
