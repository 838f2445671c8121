import { logBinomialTail } from './binomial-tail.ts'
import { quantile } from './cluster-bootstrap.ts'
import { fitSide } from './local-density.ts'
import { lowerBound, upperBound } from './lower-bound.ts'
import { normalTail } from './normal-tail.ts'
import { solveCholesky } from './solve-cholesky.ts'

/** Order of the local polynomial that chooses the bandwidth; one more corrects the bias. */
const ORDER = 2
const LEAST = 20 + ORDER + 1
/** Of a normal density, for pilot bandwidths of the derivative of order 3 and of the density, with a triangular kernel. */
const DERIVATIVE_CONSTANT = 3_430_865.45512362
const DENSITY_CONSTANT = 548.571428571556

/** Densities just below and just above a cutoff, and how far apart they are in standard errors. */
export type DensityJump = {
  readonly left: number
  readonly right: number
  readonly t: number
  /** Two-sided. */
  readonly pValue: number
  /** Bandwidths. */
  readonly below: number
  readonly above: number
}

/**
 * Whether the density of values jumps at a cutoff: local polynomials of the empirical distribution on each side, order 2
 * for the bandwidth and 3 for the test, triangular kernel, jackknife errors, equal values taken together (Cattaneo,
 * Jansson and Ma 2020, https://doi.org/10.1080/01621459.2019.1635480, as their package rddensity has it by default).
 * Values rise; null where a side has fewer than 23.
 */
export function densityJump(values: Float64Array, cutoff: number): DensityJump | null {
  const split = lowerBound(values, cutoff)
  if (split < LEAST || values.length - split < LEAST) return null
  const sample = { x: values.map((value) => value - cutoff), split }
  const [below, above] = bandwidths(sample)
  const { left, right, variance } = contrast(sample, below, above, ORDER + 1, 1)
  const t = (right.estimate - left.estimate) / Math.sqrt(variance)
  const pValue = Number.isNaN(t) ? Number.NaN : 2 * normalTail(Math.abs(t))
  return { left: left.estimate, right: right.estimate, t, pValue, below, above }
}

/** Exact one-sided test that values fall above a cutoff more often than below, within a distance of it on either side. */
export function binomialJump(
  values: Float64Array,
  cutoff: number,
  distance: number,
): { readonly below: number; readonly above: number; readonly pValue: number } {
  const split = lowerBound(values, cutoff)
  const below = split - lowerBound(values, cutoff - distance)
  const above = upperBound(values, cutoff + distance) - split
  return { below, above, pValue: Math.exp(logBinomialTail(above, below + above, 0.5)) }
}

type Sample = { readonly x: Float64Array; readonly split: number }

function contrast({ x, split }: Sample, below: number, above: number, order: number, derivative: number) {
  const size = x.length
  const from = lowerBound(x, -below)
  const to = upperBound(x, above)
  const left = fitSide({ x, from, to: split, bandwidth: below, order, derivative, size })
  const right = fitSide({ x, from: split, to, bandwidth: above, order, derivative, size })
  return { left, right, variance: left.variance + right.variance }
}

/** For each side the middle one of the bandwidths that suit its density, the difference and the sum of both. */
function bandwidths(sample: Sample): readonly [number, number] {
  const { x, split } = sample
  const size = x.length
  const unique = x.filter((value, i) => i === 0 || value !== x[i - 1])
  const uniqueSplit = lowerBound(unique, 0)
  const range = Math.max(-x[0]!, x[size - 1]!)
  const nearest = (count: number) => {
    const [one, distinct] = [reach(x, split, count), reach(unique, uniqueSplit, count)]
    return { left: Math.max(one.left, distinct.left), right: Math.max(one.right, distinct.right) }
  }
  const pilot = (width: number, extra: number) => {
    const { left, right } = nearest(LEAST + extra)
    return Math.max(Math.min(width, range), left, right)
  }
  const [wide, narrow] = pilotWidths(x)
  const b = pilot(wide, 2)
  const c = pilot(narrow, 0)
  const curved = contrast(sample, b, b, ORDER + 2, ORDER + 1)
  const flat = contrast(sample, c, c, ORDER, 1)
  const bias = biasConstant()
  const [biasLeft, biasRight] = [curved.left.higher * bias * (-1) ** ORDER, curved.right.higher * bias]
  const suited = (variance: number, of: number) =>
    ((size * c * variance) / (of * of) / (2 * ORDER) / size) ** (1 / (2 * ORDER + 1)) || 0
  const least = nearest(LEAST)
  const most = Math.max(least.left, least.right)
  const within = (width: number, top: number, bottom: number) => Math.max(Math.min(width, top), bottom)
  const diff = within(suited(flat.variance, biasRight - biasLeft), range, most)
  const sum = within(suited(flat.variance, biasRight + biasLeft), range, most)
  const left = within(suited(flat.left.variance, biasLeft), -x[0]!, least.left)
  const right = within(suited(flat.right.variance, biasRight), x[size - 1]!, least.right)
  const median = (...widths: number[]) => quantile(Float64Array.from(widths), 0.5)
  return [median(left, diff, sum), median(right, diff, sum)]
}

/** How far from 0 the nearest so many values on each side lie, or all of them. */
function reach(values: Float64Array, split: number, count: number): { readonly left: number; readonly right: number } {
  const last = Math.min(split + count, values.length) - 1
  return { left: -values[Math.max(0, split - count)]!, right: values[last]! }
}

/** Pilot bandwidths as if the values were normal: for the derivative, then for the density. */
function pilotWidths(x: Float64Array): readonly [number, number] {
  const mean = x.reduce((sum, one) => sum + one, 0) / x.length
  const deviation = Math.sqrt(x.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (x.length - 1))
  const z = mean / deviation
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  const [second, fourth] = [z ** 2 - 1, z ** 4 - 6 * z ** 2 + 3]
  const wide = (((2 * ORDER + 1) / 4) * DERIVATIVE_CONSTANT) / (fourth ** 2 * density) / x.length
  const narrow = DENSITY_CONSTANT / (2 * ORDER) / (second ** 2 * density) / x.length
  return [wide ** (1 / (2 * ORDER + 5)) * deviation, narrow ** (1 / (2 * ORDER + 1)) * deviation]
}

/** What a derivative of order 3 adds to the local slope at the edge of a triangular kernel. */
function biasConstant(): number {
  const moment = (power: number) => 1 / ((power + 1) * (power + 2))
  const size = ORDER + 1
  const gram = Float64Array.from({ length: size * size }, (_, k) => moment(Math.floor(k / size) + (k % size)))
  return solveCholesky(
    gram,
    Float64Array.from({ length: size }, (_, i) => moment(i + ORDER + 1)),
  )[1]!
}
