import { lowerBound } from '../statistics/lower-bound.ts'
import { defineFeature } from './feature.ts'
import { type ProgrammeWindows, programmeWindows } from './programme-windows.ts'
import { type Calendar, calendar, type Programme, programmeEnd, visibleUntil } from './programmes.ts'
import { type SubjectUsage, subjectUsage } from './subject-usage.ts'

/** What a programme counts: the units of what its subjects asked, or how often they asked or delivered. */
export type Counts = 'units' | 'asked' | 'delivered'

/** Windows cut from a subject's usage outside a programme, at most. */
const MOST_CUT = 60
/** Share of windows whose count must be that of the usage, before other windows may be cut from it. */
const AGREEMENT = 0.9

/**
 * Windows of programmes with their counts, filled from usage where the programme does not tell them, and windows of the
 * same subjects in which nothing was to be gained: those without a target, those after the programme or its visibility
 * had ended, and windows of the same length cut from usage before and after all programmes of the protocol.
 */
export type AimedWindows = {
  readonly programmes: readonly {
    readonly protocol: string
    readonly programme: string
    readonly counts: Counts | null
  }[]
  readonly subjects: readonly string[]
  readonly programme: Int32Array
  readonly subject: Int32Array
  /** UTC ms, half-open. */
  readonly from: Float64Array
  readonly to: Float64Array
  /** NaN: not known. */
  readonly counted: Float64Array
  readonly target: Float64Array
  /** 1: the window counted for something. */
  readonly aimed: Uint8Array
}

export const aimedWindows = defineFeature({
  id: 'aimed-windows',
  reads: ['usage_events', 'windows'],
  derived: true,
  async compute({ get }): Promise<AimedWindows> {
    return aimWindows(await get(programmeWindows), await get(subjectUsage), await get(calendar))
  },
})

export function aimWindows(windows: ProgrammeWindows, usage: SubjectUsage, known: Calendar): AimedWindows {
  const terms = windows.programmes.map(({ protocol, programme }) => {
    const same = (one: { readonly protocol: string; readonly programme: string }) =>
      one.protocol === protocol && one.programme === programme
    const described = known.programmes.find(same)
    // What is shown to nobody may be rewarded all the same.
    const shown = described?.visibility === 'private' ? null : (described?.visibility ?? null)
    const ends = Math.min(programmeEnd(known.rates.filter(same)), visibleUntil(shown))
    return { protocol: usage.protocols.indexOf(protocol), described, ends }
  })
  const tallies = tallyOf(usage)
  const counts = terms.map((term, p) => countsOf(windows, p, tallies, term))
  const isAimedAt = windows.programmes.map(() => false)
  windows.target.forEach((target, row) => {
    if (target > 0) isAimedAt[windows.programme[row]!] = true
  })
  const counted = windows.counted.map((known, row) => {
    const [programme, subject] = [windows.programme[row]!, windows.subject[row]!]
    const by = counts[programme]
    if (!Number.isNaN(known) || by === null || by === undefined) return known
    return tallies(by, subject, terms[programme]!.protocol, windows.from[row]!, windows.to[row]!)
  })
  const aimed = Uint8Array.from(windows.programme, (programme, row) => {
    const counts = isAimedAt[programme] !== true || windows.target[row]! > 0
    return +(counts && windows.to[row]! <= terms[programme]!.ends)
  })
  const own = { ...windows, counted, aimed }
  const cut = cutWindows(own, usage, { terms, counts, tallies })
  return {
    programmes: windows.programmes.map((one, p) => ({ ...one, counts: counts[p]! })),
    subjects: windows.subjects,
    ...joined(own, cut),
  }
}

type Term = { readonly protocol: number; readonly described: Programme | undefined; readonly ends: number }
type Tally = (by: Counts, subject: number, protocol: number, from: number, to: number) => number
type Row = {
  readonly programme: number
  readonly subject: number
  readonly from: number
  readonly to: number
  readonly counted: number
}

function tallyOf({ offsets, time, protocol: protocols, side, units }: SubjectUsage): Tally {
  return (by, subject, protocol, from, to) => {
    const [first, last] = [offsets[subject]!, offsets[subject + 1]!]
    let sum = 0
    for (let row = first + lowerBound(time.subarray(first, last), from); row < last && time[row]! < to; row++)
      if (protocols[row] === protocol && side[row] === (by === 'delivered' ? 1 : 0))
        sum += by === 'units' ? units[row]! : 1
    return sum
  }
}

/** What the windows agree with or, where they tell no count, what the programme is said to count. */
function countsOf(windows: ProgrammeWindows, programme: number, tallies: Tally, term: Term): Counts | null {
  const rows: number[] = []
  windows.programme.forEach((one, row) => {
    if (one === programme && windows.counted[row]! > 0 && rows.length < 1000) rows.push(row)
  })
  const said = term.described?.counted ?? null
  if (rows.length === 0) {
    if (said === 'requests') return 'asked'
    if (said === 'deliveries') return 'delivered'
    return said === null ? null : 'units'
  }
  const agrees = (by: Counts) => {
    const same = rows.filter((row) => {
      const [from, to] = [windows.from[row]!, windows.to[row]!]
      return tallies(by, windows.subject[row]!, term.protocol, from, to) === windows.counted[row]
    })
    return same.length >= AGREEMENT * rows.length
  }
  return (['units', 'asked', 'delivered'] as const).find(agrees) ?? null
}

type Own = Omit<AimedWindows, 'programmes' | 'subjects'>

function cutWindows(
  own: Own,
  usage: SubjectUsage,
  {
    terms,
    counts,
    tallies,
  }: { readonly terms: readonly Term[]; readonly counts: readonly (Counts | null)[]; readonly tallies: Tally },
): Row[] {
  const spans = spansOf(own, terms)
  const cut: Row[] = []
  for (let start = 0, end = 0; start < own.from.length; start = end) {
    const [programme, subject] = [own.programme[start]!, own.subject[start]!]
    while (end < own.from.length && own.programme[end] === programme && own.subject[end] === subject) end++
    const by = counts[programme] ?? null
    const [first, last] = [usage.offsets[subject]!, usage.offsets[subject + 1]!]
    if (by === null || first === last) continue
    const { protocol } = terms[programme]!
    const span = spans.get(subject * terms.length + protocol)!
    const length = own.to[start]! - own.from[start]!
    const add = (from: number) => {
      const counted = tallies(by, subject, protocol, from, from + length)
      cut.push({ programme, subject, from, to: from + length, counted })
    }
    for (let k = 1; k <= MOST_CUT && span.from - k * length >= usage.time[first]!; k++) add(span.from - k * length)
    for (let k = 0; k < MOST_CUT && span.to + (k + 1) * length <= usage.time[last - 1]!; k++) add(span.to + k * length)
  }
  return cut
}

/** From the first window to the last of a subject under any programme of a protocol. */
function spansOf({ from, to, programme, subject }: Own, terms: readonly Term[]) {
  const spans = new Map<number, { from: number; to: number }>()
  from.forEach((start, row) => {
    const key = subject[row]! * terms.length + terms[programme[row]!]!.protocol
    const span = spans.get(key)
    if (span === undefined) spans.set(key, { from: start, to: to[row]! })
    else {
      span.from = Math.min(span.from, start)
      span.to = Math.max(span.to, to[row]!)
    }
  })
  return spans
}

function joined(own: Own, cut: readonly Row[]): Own {
  const whole = (values: Int32Array, of: (row: Row) => number) => Int32Array.from([...values, ...cut.map(of)])
  const real = (values: Float64Array, of: (row: Row) => number) => Float64Array.from([...values, ...cut.map(of)])
  return {
    programme: whole(own.programme, (row) => row.programme),
    subject: whole(own.subject, (row) => row.subject),
    from: real(own.from, (row) => row.from),
    to: real(own.to, (row) => row.to),
    counted: real(own.counted, (row) => row.counted),
    target: real(own.target, () => Number.NaN),
    aimed: Uint8Array.from([...own.aimed, ...cut.map(() => 0)]),
  }
}
