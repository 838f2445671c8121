/**
 * ln P(X ≥ count), X how many of independent events occur that each have a probability of their own; −Infinity where it
 * cannot be reached. Exact to rounding for any number of events, in both tails: the events are tilted until `count` is
 * expected, so that nothing underflows, and convolved one by one. Ends of the distribution below 1e-25 are cut off, which
 * keeps some 20 standard deviations and costs less than 1e-18 of the result. O(events × standard deviation).
 */
export function logPoissonBinomialTail(count: number, probabilities: Float64Array): number {
  const open = probabilities.filter((p) => p > 0 && p < 1)
  const need = count - probabilities.reduce((certain, p) => certain + (p === 1 ? 1 : 0), 0)
  if (need <= 0) return 0
  if (need > open.length) return Number.NEGATIVE_INFINITY
  if (need === open.length) return open.reduce((sum, p) => sum + Math.log(p), 0)
  const tilt = tiltTo(need, open)
  const factor = Math.exp(tilt)
  // Summed by Kahan's method: of many like terms the rounding would add up.
  let [logMoment, lost] = [0, 0]
  const tilted = open.map((p) => {
    const term = Math.log1p(p * Math.expm1(tilt)) - lost
    lost = logMoment + term - logMoment - term
    logMoment += term
    return (p * factor) / (1 + p * Math.expm1(tilt))
  })
  const { masses, first } = distribution(tilted)
  let sum = 0
  for (let i = masses.length - 1; i >= Math.max(0, need - first); i--)
    sum += masses[i]! * Math.exp(-tilt * (first + i - need))
  return Math.min(0, Math.log(sum) + logMoment - tilt * need)
}

/** About the tilt ≥ 0 at which `mean` events are expected. Any tilt gives the same tail, so a rough one will do. */
function tiltTo(mean: number, probabilities: Float64Array): number {
  const expected = (tilt: number) => probabilities.reduce((sum, p) => sum + p / (p + (1 - p) * Math.exp(-tilt)), 0)
  if (expected(0) >= mean) return 0
  // e^700 is still finite.
  let [low, high] = [0, 700]
  for (let step = 0; step < 30; step++) {
    const middle = (low + high) / 2
    if (expected(middle) < mean) low = middle
    else high = middle
  }
  return low
}

/** Probability of `first`, first + 1, … events. */
function distribution(probabilities: Float64Array): { readonly masses: Float64Array; readonly first: number } {
  const masses = new Float64Array(probabilities.length + 1)
  masses[0] = 1
  let [first, last] = [0, 0]
  for (const p of probabilities) {
    last++
    for (let k = last; k > first; k--) masses[k] = masses[k]! * (1 - p) + masses[k - 1]! * p
    masses[first]! *= 1 - p
    while (masses[first]! < 1e-25) masses[first++] = 0
    while (masses[last]! < 1e-25) masses[last--] = 0
  }
  return { masses: masses.subarray(first, last + 1), first }
}
