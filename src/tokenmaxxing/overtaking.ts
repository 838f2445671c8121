import type { AimedWindows } from '../features/aimed-windows.ts'
import { upperBound } from '../statistics/lower-bound.ts'
import { permutationPValue } from '../statistics/permutation-p-value.ts'
import type { Random } from '../statistics/random.ts'

/** Counts of the subjects at the top of a board, epoch by epoch. */
export type Board = {
  readonly subjects: readonly number[]
  readonly epochs: number
  readonly counted: readonly Float64Array[]
}

/** The subjects with the most use over the epochs that count; one without a window in an epoch used nothing. */
export function boardOf(windows: AimedWindows, programme: number, top: number): Board {
  const rows = [...windows.programme.keys()].filter(
    (row) => windows.programme[row] === programme && windows.aimed[row] === 1 && !Number.isNaN(windows.counted[row]!),
  )
  const starts = [...new Set(rows.map((row) => windows.from[row]!))].sort((a, b) => a - b)
  const place = new Map(starts.map((start, epoch) => [start, epoch]))
  const totals = new Map<number, number>()
  for (const row of rows)
    totals.set(windows.subject[row]!, (totals.get(windows.subject[row]!) ?? 0) + windows.counted[row]!)
  const subjects = [...totals]
    .sort(([a, x], [b, y]) => y - x || a - b)
    .slice(0, top)
    .map(([subject]) => subject)
  const counted = subjects.map(() => new Float64Array(starts.length))
  const rank = new Map(subjects.map((subject, i) => [subject, i]))
  for (const row of rows) {
    const series = counted[rank.get(windows.subject[row]!) ?? -1]
    if (series !== undefined) series[place.get(windows.from[row]!)!] = windows.counted[row]!
  }
  return { subjects, epochs: starts.length, counted }
}

export type Reaction = {
  readonly pValue: number
  /** Mean over subjects of how much more they change after being overtaken than else, as a share of both epochs. */
  readonly mean: number
  /** Subjects who were overtaken and were not, and how often. */
  readonly subjects: number
  readonly overtaken: number
}

/**
 * What subjects do in the epoch after one in which they fell in rank, against their other epochs. The null turns the
 * series of each subject against all others: who fell by a bad epoch of its own recovers then as well, and only an answer
 * to what others did is lost. Null where nobody was overtaken.
 */
export function reactionTo(board: Board, draws: number, random: Random): Reaction | null {
  const { epochs, counted } = board
  const sorted = Array.from({ length: epochs }, (_, epoch) =>
    Float64Array.from(counted, (series) => series[epoch]!).sort(),
  )
  const turns = counted.map((series) =>
    Array.from({ length: epochs }, (_, turn) => {
      const own = series.map((_, epoch) => series[(epoch + turn) % epochs]!)
      return effectOf(own, sorted, series)
    }),
  )
  const told = turns.filter((effects) => !Number.isNaN(effects[0]!.difference))
  if (told.length === 0) return null
  const sum = (turn: () => number) => turns.reduce((total, effects) => total + (effects[turn()]!.difference || 0), 0)
  const observed = sum(() => 0)
  return {
    pValue: permutationPValue(
      observed,
      Float64Array.from({ length: draws }, () => sum(() => random.below(epochs))),
    ),
    mean: told.reduce((total, effects) => total + effects[0]!.difference, 0) / told.length,
    subjects: told.length,
    overtaken: told.reduce((total, effects) => total + effects[0]!.overtaken, 0),
  }
}

/** NaN: overtaken in none of the epochs, or in all. Epochs are a circle, so that every turn has as many. */
function effectOf(own: Float64Array, sorted: readonly Float64Array[], real: Float64Array) {
  const epochs = own.length
  const ranks = own.map(
    (count, epoch) => sorted[epoch]!.length - upperBound(sorted[epoch]!, count) - +(real[epoch]! > count),
  )
  const [sums, counts] = [
    [0, 0],
    [0, 0],
  ]
  for (let epoch = 0; epoch < epochs; epoch++) {
    const [before, after] = [(epoch + epochs - 1) % epochs, (epoch + 1) % epochs]
    const fell = ranks[epoch]! > ranks[before]! ? 1 : 0
    const both = own[after]! + own[epoch]!
    if (both === 0) continue
    sums[fell]! += (own[after]! - own[epoch]!) / both
    counts[fell]!++
  }
  return { difference: sums[1]! / counts[1]! - sums[0]! / counts[0]!, overtaken: counts[1]! }
}
