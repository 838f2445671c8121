import { logBinomialTail } from './binomial-tail.ts'

/** Volumes laid out for `chanceVolume`; in units of the largest of them. */
export type VolumeLaw = {
  readonly largest: number
  readonly nodes: Float64Array
  /** How many of the largest entities stand apart, the sums of the 0, 1, … largest of them, and the others on the nodes. */
  readonly splits: readonly { readonly sums: Float64Array; readonly weights: Float64Array }[]
}

const PER_OCTAVE = 3
const APART = [0, 1, 4, 16, 64]

/**
 * Spreads every volume on the two nodes of a geometric grid beside it, with its count and sum kept. A convex function
 * summed over the nodes is then no less than over the volumes. Volumes are 0 or more. O(n), and a sort of the largest.
 */
export function volumeLaw(volumes: Float64Array): VolumeLaw {
  const sorted = volumes
    .filter((volume) => volume > 0)
    .sort()
    .reverse()
  const largest = sorted[0] ?? 0
  const octaves = Math.min(50, Math.ceil(Math.log2(largest / sorted.at(-1)!) || 0))
  const nodes = new Float64Array(PER_OCTAVE * octaves + 2)
  for (let node = 1; node < nodes.length; node++) nodes[node] = 2 ** ((node + 1 - nodes.length) / PER_OCTAVE)
  const weights = new Float64Array(nodes.length)
  for (const volume of sorted) spread(volume / largest, nodes, weights, 1)
  const rest = weights.slice()
  let taken = 0
  const splits = APART.filter((count) => count <= sorted.length).map((count) => {
    for (; taken < count; taken++) spread(sorted[taken]! / largest, nodes, rest, -1)
    const sums = new Float64Array(count + 1)
    for (let i = 0; i < count; i++) sums[i + 1] = sums[i]! + sorted[i]! / largest
    return { sums, weights: rest.map((weight) => Math.max(0, weight)) }
  })
  return { largest, nodes, splits }
}

function spread(volume: number, nodes: Float64Array, weights: Float64Array, count: number): void {
  const from = Math.floor(Math.log2(volume) * PER_OCTAVE) + nodes.length - 1
  const low = Math.max(0, Math.min(nodes.length - 2, from))
  const share = Math.min(1, Math.max(0, (volume - nodes[low]!) / (nodes[low + 1]! - nodes[low]!)))
  weights[low]! += count * (1 - share)
  weights[low + 1]! += count * share
}

/**
 * Bounds on the volume of entities that are each picked with probability `rate`, independently of their volume and each
 * other; each holds with probability 1 − delta, at any number of entities and for the heaviest tails.
 *
 * `all` is Chernoff's: E exp(θ Σ v B) = Π (1 − a + a e^(θ v)), so Σ v B ≤ (Σ ln(1 − a + a e^(θ v)) + ln(1/δ)) / θ for every
 * θ. Each term is a θ v at least, so of entities without those of volume W, the sum is at most `all` − a W.
 * `apart` takes the largest entities out: no more of them are picked than a binomial count allows, whichever they are, and
 * Chernoff's bound holds for the others. It is the smaller where a few entities hold most of the volume.
 */
export function chanceVolume(
  law: VolumeLaw,
  rate: number,
  delta: number,
): { readonly all: number; readonly apart: number } {
  const bounds = law.splits.map(({ sums, weights }) => {
    const count = sums.length - 1
    if (count === 0) return chernoff(law.nodes, weights, rate, delta)
    let picked = 0
    while (logBinomialTail(picked + 1, count, rate) > Math.log(delta / 2)) picked++
    return sums[picked]! + chernoff(law.nodes, weights, rate, delta / 2)
  })
  const [all = 0, ...apart] = bounds
  return { all: law.largest * all, apart: law.largest * Math.min(all, ...apart) }
}

/** The least over θ: its derivative changes sign once, so θ is found by halving. Any θ gives a bound. */
function chernoff(nodes: Float64Array, weights: Float64Array, rate: number, delta: number): number {
  const need = -Math.log(delta)
  let [low, high] = [Math.log(1e-6), Math.log(600)]
  let best = Number.POSITIVE_INFINITY
  for (let step = 0; step < 18; step++) {
    const theta = Math.exp((low + high) / 2)
    let [sum, slope] = [need, 0]
    for (let node = 1; node < nodes.length; node++) {
      if (weights[node] === 0) continue
      const grown = rate * Math.expm1(theta * nodes[node]!)
      sum += weights[node]! * Math.log1p(grown)
      slope += (weights[node]! * nodes[node]! * (grown + rate)) / (1 + grown)
    }
    best = Math.min(best, sum / theta)
    if (theta * slope < sum) low = Math.log(theta)
    else high = Math.log(theta)
  }
  return best
}
