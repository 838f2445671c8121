import { solveCholesky } from './solve-cholesky.ts'

/** Values on one side of 0, among all that rise: those from `from` to `to`, near enough to have a weight. */
export type SideInput = {
  readonly x: Float64Array
  readonly from: number
  readonly to: number
  readonly bandwidth: number
  readonly order: number
  /** Of the distribution, to be estimated beside the first. */
  readonly derivative: number
  /** Of the whole sample. */
  readonly size: number
}

export type Side = {
  /** The density at 0. */
  readonly estimate: number
  /** Coefficient of the local polynomial at the power of `derivative`. */
  readonly higher: number
  /** By jackknife: what lies above each value, as the density weighs it; all of a side together weigh nothing. */
  readonly variance: number
}

/** Local polynomial of the empirical distribution at 0, fitted to one side with a triangular kernel. */
export function fitSide({ x, from, to, bandwidth, order, derivative, size }: SideInput): Side {
  const columns = order + 1
  const gram = new Float64Array(columns * columns)
  const moments = new Float64Array(columns)
  const powers = new Float64Array(columns)
  const weigh = (i: number) => {
    const u = x[i]! / bandwidth
    for (let k = 0; k < columns; k++) powers[k] = u ** k
    return (1 - Math.abs(u)) / bandwidth
  }
  for (let i = from, last = -1; i < to; i++) {
    if (i > last) last = lastEqual(x, i, to)
    const weight = weigh(i)
    for (let j = 0; j < columns; j++) {
      moments[j]! += (powers[j]! * weight * last) / (size - 1)
      for (let k = 0; k < columns; k++) gram[j * columns + k]! += powers[j]! * weight * powers[k]!
    }
  }
  const unit = (power: number) =>
    solveCholesky(
      gram.slice(),
      Float64Array.from(moments, (_, k) => +(k === power)),
    )
  const scale = (power: number) => bandwidth ** -power
  const slope = unit(1).map((one) => one * scale(1))
  const coefficients = solveCholesky(gram.slice(), moments)
  let variance = 0
  let above = 0
  for (let i = to - 1; i >= from; ) {
    const first = firstEqual(x, i, from)
    // Of equal values, what lies above the first of them, as the package has it.
    for (let k = i; k > first; k--) above += weighed(k)
    variance += (i - first + 1) * above * above
    above += weighed(first)
    i = first - 1
  }
  return { estimate: coefficients[1]! * scale(1), higher: coefficients[derivative]! * scale(derivative), variance }

  function weighed(i: number): number {
    const weight = weigh(i)
    let sum = 0
    for (let k = 0; k < columns; k++) sum += (weight * powers[k]! * slope[k]!) / (size - 1)
    return sum
  }
}

/** The last place that holds the same value: the distribution jumps there. */
function lastEqual(x: Float64Array, at: number, to: number): number {
  let last = at
  while (last + 1 < to && x[last + 1] === x[at]) last += 1
  return last
}

function firstEqual(x: Float64Array, at: number, from: number): number {
  let first = at
  while (first > from && x[first - 1] === x[at]) first -= 1
  return first
}
