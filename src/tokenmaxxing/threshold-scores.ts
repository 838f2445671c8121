import type { Random } from '../statistics/random.ts'

/** Windows sorted by subject, with their scores by candidate in compressed form. */
export type Scored = {
  readonly subject: Int32Array
  readonly counted: Float64Array
  readonly aimed: Uint8Array
  readonly candidates: readonly { readonly value: number; readonly width: number }[]
  readonly offsets: Int32Array
  /** Candidate and score of each entry. */
  readonly entries: Int32Array
  readonly score: Float64Array
}

type Rows = Pick<Scored, 'subject' | 'counted' | 'aimed'> & { readonly targets: readonly number[] }
type Options = {
  readonly allTo: number
  readonly binsToThreshold: number
  readonly besideTarget: number
  readonly leastWindows: number
  readonly leastSubjects: number
}

const ROUND = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8]

/** Null: too few windows of either kind, or too few subjects. */
export function scoreWindows(rows: Rows, options: Options): Scored | null {
  const { subject, counted, aimed, targets } = rows
  const counting = aimed.reduce((sum, one) => sum + one, 0)
  if (counting < options.leastWindows || aimed.length - counting < options.leastWindows) return null
  if (new Set(subject).size < options.leastSubjects) return null
  const most = counted.reduce((top, one) => Math.max(top, one), 0)
  const candidates = candidatesTo(most, targets, options)
  const offsets = new Int32Array(counted.length + 1)
  const [entries, score]: [number[], number[]] = [[], []]
  counted.forEach((count, row) => {
    candidates.forEach(({ value, width }, candidate) => {
      const bin = Math.floor((count - value) / width)
      if (bin < -3 || bin > 5) return
      entries.push(candidate)
      score.push(bin >= 0 && bin <= 2 ? 1 : -0.5)
    })
    offsets[row + 1] = entries.length
  })
  return {
    subject,
    counted,
    aimed,
    candidates,
    offsets,
    entries: Int32Array.from(entries),
    score: Float64Array.from(score),
  }
}

function candidatesTo(most: number, targets: readonly number[], { allTo, binsToThreshold, besideTarget }: Options) {
  const values: number[] = []
  for (let value = 2; value <= Math.min(allTo, most); value++) values.push(value)
  for (let power = 1; power <= most; power *= 10)
    for (const times of ROUND) {
      const value = times * power
      if (value > allTo && value <= most && Number.isInteger(value)) values.push(value)
    }
  return values
    .map((value) => ({ value, width: Math.max(1, Math.round(value / binsToThreshold)) }))
    .filter(({ value, width }) => targets.every((target) => Math.abs(value - target) > besideTarget * width))
}

type Moments = { readonly mean: Float64Array; readonly error: Float64Array }

/** Sums over the windows that count, in standard errors of the exchange; best −1: no candidate can vary. */
export function standardScores(scored: Scored): { readonly scores: Float64Array; readonly best: number } {
  const scores = standardised(
    sumOf(scored, (row) => scored.aimed[row] === 1),
    momentsOf(scored),
  )
  let best = -1
  scores.forEach((score, candidate) => {
    if (score > (scores[best] ?? Number.NEGATIVE_INFINITY)) best = candidate
  })
  return { scores, best }
}

/** The largest standardised sum of each draw in which the windows of every subject change places. */
export function drawMaxima(scored: Scored, draws: number, random: Random): Float64Array {
  const moments = momentsOf(scored)
  const order = Int32Array.from(scored.subject.keys())
  const chosen = new Uint8Array(order.length)
  return Float64Array.from({ length: draws }, () => {
    chosen.fill(0)
    eachSubject(scored, (from, to, counting) => {
      for (let k = 0; k < counting; k++) {
        const other = from + k + random.below(to - from - k)
        const row = order[other]!
        order[other] = order[from + k]!
        order[from + k] = row
        chosen[row] = 1
      }
    })
    const scores = standardised(
      sumOf(scored, (row) => chosen[row] === 1),
      moments,
    )
    return scores.reduce((top, one) => Math.max(top, one), Number.NEGATIVE_INFINITY)
  })
}

function standardised(sums: Float64Array, { mean, error }: Moments): Float64Array {
  return sums.map((sum, candidate) =>
    error[candidate]! > 0 ? (sum - mean[candidate]!) / error[candidate]! : Number.NEGATIVE_INFINITY,
  )
}

function sumOf({ candidates, offsets, entries, score }: Scored, counts: (row: number) => boolean): Float64Array {
  const sums = new Float64Array(candidates.length)
  for (let row = 0; row + 1 < offsets.length; row++)
    if (counts(row))
      for (let entry = offsets[row]!; entry < offsets[row + 1]!; entry++) sums[entries[entry]!]! += score[entry]!
  return sums
}

/** Of the sum over a random choice of each subject's windows. */
function momentsOf(scored: Scored): Moments {
  const { candidates, offsets, entries, score } = scored
  const mean = new Float64Array(candidates.length)
  const variance = new Float64Array(candidates.length)
  const [sum, square] = [new Float64Array(candidates.length), new Float64Array(candidates.length)]
  eachSubject(scored, (from, to, counting) => {
    const [size, share] = [to - from, counting / (to - from)]
    for (let entry = offsets[from]!; entry < offsets[to]!; entry++) {
      sum[entries[entry]!]! += score[entry]!
      square[entries[entry]!]! += score[entry]! ** 2
    }
    for (let entry = offsets[from]!; entry < offsets[to]!; entry++) {
      const candidate = entries[entry]!
      if (square[candidate] === 0) continue
      mean[candidate]! += share * sum[candidate]!
      const spread = square[candidate]! - sum[candidate]! ** 2 / size
      variance[candidate]! += (counting * (1 - share) * spread) / (size - 1)
      sum[candidate] = square[candidate] = 0
    }
  })
  return { mean, error: variance.map(Math.sqrt) }
}

function eachSubject({ subject, aimed }: Scored, visit: (from: number, to: number, counting: number) => void): void {
  for (let from = 0, to = 0; from < subject.length; from = to) {
    let counting = 0
    while (to < subject.length && subject[to] === subject[from]) counting += aimed[to++]!
    visit(from, to, counting)
  }
}
