import type { EntityPairs } from './entity-pairs.ts'
import type { PayerActs } from './payer-acts.ts'

/** How often two payers met at a payee, and how likely that was on each day on which both paid it. */
export type PayerMatch = {
  /** (payee, day) on which both paid within one bin. */
  readonly met: number
  /** One for each (payee, day) on which both paid. */
  readonly chances: Float64Array
}

export type MatchOptions = {
  readonly binsADay: number
  /** Weight of what all payers do against the hours that a payer keeps, in acts. */
  readonly priorActs: number
  /** Weight of what a payee sees at other times against what it sees on a day, in acts of others. */
  readonly priorOthers: number
}

/**
 * Matches of two payers under a null that leaves to chance only at which hour of a day a payer pays a payee. Held fixed: on
 * which days it does and how often, the hours that it keeps over all its days, and when others pay that payee on that day,
 * so that neither habits nor a crowd make a match unlikely.
 */
export function payerMatches(pairs: EntityPairs, acts: PayerActs, options: MatchOptions) {
  const { binsADay, priorActs, priorOthers } = options
  const { offsets, bin, cellOf, cells } = acts
  const dayOf = (act: number) => Math.floor(bin[act]! / binsADay)
  const usual = usualShares(bin, binsADay)
  const habits = new Map<number, Float64Array>()
  const pairWith = new Int32Array(pairs.offsets.length - 1).fill(-1)
  const busy = new Float64Array(binsADay)

  function habitOf(payer: number): Float64Array {
    const known = habits.get(payer)
    if (known !== undefined) return known
    const [start, end] = [offsets[pairs.offsets[payer]!]!, offsets[pairs.offsets[payer + 1]!]!]
    const all = end - start + priorActs
    const habit = usual.map((share) => (share * priorActs) / all)
    for (let act = start; act < end; act += 1) habit[bin[act]! % binsADay]! += 1 / all
    habits.set(payer, habit)
    return habit
  }

  /** Sets `busy`: how many times its usual share of a day each hour has at a payee, by the acts of others. */
  function lookAtDay(act: number, own: readonly Span[]): void {
    const [payee, day] = [cells.payee[cellOf[act]!], dayOf(act)]
    const isSame = (cell: number) => cells.payee[cell] === payee && Math.floor(cells.bin[cell]! / binsADay) === day
    busy.fill(0)
    let cell = cellOf[act]!
    while (cell > 0 && isSame(cell - 1)) cell -= 1
    for (; cell < cells.bin.length && isSame(cell); cell += 1)
      busy[cells.bin[cell]! % binsADay] = cells.offsets[cell + 1]! - cells.offsets[cell]!
    for (const [start, end] of own) for (let mine = start; mine < end; mine += 1) busy[bin[mine]! % binsADay]! -= 1
    const others = busy.reduce((sum, here) => sum + here, 0)
    for (let hour = 0; hour < binsADay; hour += 1)
      busy[hour] = (busy[hour]! / usual[hour]! + priorOthers) / (others + priorOthers)
  }

  function chanceOf(a: Float64Array, b: Float64Array, timesA: number, timesB: number): number {
    let [sumA, sumB, none] = [0, 0, 1]
    for (let hour = 0; hour < binsADay; hour += 1) {
      sumA += a[hour]! * busy[hour]!
      sumB += b[hour]! * busy[hour]!
    }
    for (let hour = 0; hour < binsADay; hour += 1) {
      const inA = Math.min(1, (timesA * a[hour]! * busy[hour]!) / sumA)
      none *= 1 - inA * Math.min(1, (timesB * b[hour]! * busy[hour]!) / sumB)
    }
    return 1 - none
  }

  /** Pairs of the one and of the other with the same payee. */
  function sharedPayees(a: number, b: number): (readonly [number, number])[] {
    const [firstOf, endOf] = [pairs.offsets[a]!, pairs.offsets[a + 1]!]
    for (let pair = firstOf; pair < endOf; pair += 1) pairWith[pairs.payee[pair]!] = pair
    const shared: (readonly [number, number])[] = []
    for (let second = pairs.offsets[b]!; second < pairs.offsets[b + 1]!; second += 1) {
      const first = pairWith[pairs.payee[second]!]!
      if (first !== -1) shared.push([first, second])
    }
    for (let pair = firstOf; pair < endOf; pair += 1) pairWith[pairs.payee[pair]!] = -1
    return shared
  }

  function matchOf(a: number, b: number): PayerMatch {
    const chances: number[] = []
    let met = 0
    for (const [first, second] of sharedPayees(a, b))
      for (const [mine, other] of sharedDays(first, second)) {
        lookAtDay(mine[0], [mine, other])
        chances.push(chanceOf(habitOf(a), habitOf(b), mine[1] - mine[0], other[1] - other[0]))
        if (meet(bin, mine, other)) met += 1
      }
    return { met, chances: Float64Array.from(chances) }
  }

  /** How many acts of two payers at one payee are so many bins apart, from −most to most. */
  function lagsOf(a: number, b: number, most: number): Int32Array {
    const lags = new Int32Array(2 * most + 1)
    for (const [first, second] of sharedPayees(a, b)) {
      let from = offsets[second]!
      for (let act = offsets[first]!; act < offsets[first + 1]!; act += 1) {
        while (from < offsets[second + 1]! && bin[from]! < bin[act]! - most) from += 1
        for (let other = from; other < offsets[second + 1]! && bin[other]! <= bin[act]! + most; other += 1)
          lags[bin[other]! - bin[act]! + most]!++
      }
    }
    return lags
  }

  /** Days on which two payers of one payee both paid it, each with the acts of either. */
  function sharedDays(first: number, second: number): (readonly [Span, Span])[] {
    const shared: (readonly [Span, Span])[] = []
    let [i, j] = [offsets[first]!, offsets[second]!]
    while (i < offsets[first + 1]! && j < offsets[second + 1]!) {
      const [a, b] = [dayOf(i), dayOf(j)]
      const [endA, endB] = [endOfDay(i, offsets[first + 1]!), endOfDay(j, offsets[second + 1]!)]
      if (a === b)
        shared.push([
          [i, endA],
          [j, endB],
        ])
      if (a <= b) i = endA
      if (b <= a) j = endB
    }
    return shared
  }

  function endOfDay(act: number, last: number): number {
    let end = act + 1
    while (end < last && dayOf(end) === dayOf(act)) end += 1
    return end
  }

  return { matchOf, lagsOf }
}

/** Acts from the first up to, and without, the second. */
type Span = readonly [number, number]

/** What share of all acts falls into each bin of a day, none of them 0. */
function usualShares(bin: Int32Array, binsADay: number): Float64Array {
  const shares = new Float64Array(binsADay).fill(1 / (bin.length + binsADay))
  for (const one of bin) shares[one % binsADay]! += 1 / (bin.length + binsADay)
  return shares
}

function meet(bin: Int32Array, [i, endI]: Span, [j, endJ]: Span): boolean {
  let [a, b] = [i, j]
  while (a < endI && b < endJ) {
    if (bin[a] === bin[b]) return true
    if (bin[a]! < bin[b]!) a += 1
    else b += 1
  }
  return false
}
