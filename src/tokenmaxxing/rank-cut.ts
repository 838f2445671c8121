import type { AimedWindows } from '../features/aimed-windows.ts'
import type { SubjectUsage } from '../features/subject-usage.ts'
import { lowerBound } from '../statistics/lower-bound.ts'
import { permutationPValue } from '../statistics/permutation-p-value.ts'
import type { Random } from '../statistics/random.ts'

/** Ends an epoch's standing: what is used after this share of it is the sprint. */
const STANDING = 0.9

export type CutEffort = {
  readonly pValue: number
  /** Mean effort of those just below the cut less that of those just above, as a share of what was to be expected. */
  readonly mean: number
  readonly epochs: number
}

type Entry = { readonly subject: number; readonly standing: number; readonly effort: number }

/**
 * Effort in the last tenth of an epoch, of those who stand just below a rank that is paid against those just above. Effort
 * is use beyond a ninth of that before, as a share of both, less the subject's mean over all epochs. The null exchanges
 * those near the cut of an epoch. Null where no epoch has enough of them.
 */
export function cutEffort(
  windows: AimedWindows,
  usage: SubjectUsage,
  { programme, cut }: { readonly programme: number; readonly cut: number },
  { near, draws, random }: { readonly near: number; readonly draws: number; readonly random: Random },
): CutEffort | null {
  const epochs = entriesOf(windows, usage, programme)
  const means = meansOf([...epochs.values()].flat())
  const beside: { readonly below: number[]; readonly above: number[] }[] = []
  for (const entries of epochs.values()) {
    const ranked = entries.toSorted((a, b) => b.standing - a.standing || a.subject - b.subject)
    if (ranked.length < cut + near || cut < near) continue
    const effort = ({ subject, effort }: Entry) => effort - means.get(subject)!
    beside.push({ above: ranked.slice(cut - near, cut).map(effort), below: ranked.slice(cut, cut + near).map(effort) })
  }
  if (beside.length === 0) return null
  const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0)
  const observed = beside.reduce((total, { below, above }) => total + sum(below) - sum(above), 0)
  const pools = beside.map(({ below, above }) => [...below, ...above])
  const drawn = () => pools.reduce((total, pool) => total + 2 * sum(picked(pool, near, random)) - sum(pool), 0)
  return {
    pValue: permutationPValue(observed, Float64Array.from({ length: draws }, drawn)),
    mean: observed / near / beside.length,
    epochs: beside.length,
  }
}

function entriesOf(windows: AimedWindows, usage: SubjectUsage, programme: number): Map<number, Entry[]> {
  const { protocol, counts } = windows.programmes[programme]!
  const place = usage.protocols.indexOf(protocol)
  const epochs = new Map<number, Entry[]>()
  windows.programme.forEach((one, row) => {
    if (one !== programme || windows.aimed[row] !== 1) return
    const [from, to, subject] = [windows.from[row]!, windows.to[row]!, windows.subject[row]!]
    const [start, end] = [usage.offsets[subject]!, usage.offsets[subject + 1]!]
    let [standing, sprint] = [0, 0]
    for (
      let use = start + lowerBound(usage.time.subarray(start, end), from);
      use < end && usage.time[use]! < to;
      use++
    ) {
      if (usage.protocol[use] !== place || usage.side[use] !== (counts === 'delivered' ? 1 : 0)) continue
      const units = counts === 'units' ? usage.units[use]! : 1
      if (usage.time[use]! - from < STANDING * (to - from)) standing += units
      else sprint += units
    }
    if (!(standing + sprint > 0)) return
    const expected = (standing * (1 - STANDING)) / STANDING
    const entries = epochs.get(from) ?? []
    epochs.set(from, entries)
    entries.push({ subject, standing, effort: (sprint - expected) / (sprint + expected) })
  })
  return epochs
}

function meansOf(entries: readonly Entry[]): Map<number, number> {
  const sums = new Map<number, { total: number; count: number }>()
  for (const { subject, effort } of entries) {
    const sum = sums.get(subject) ?? { total: 0, count: 0 }
    sums.set(subject, { total: sum.total + effort, count: sum.count + 1 })
  }
  return new Map([...sums].map(([subject, { total, count }]) => [subject, total / count]))
}

/** So many of the pool, each choice as likely. */
function picked(pool: readonly number[], count: number, random: Random): number[] {
  const left = [...pool]
  return Array.from({ length: count }, () => left.splice(random.below(left.length), 1)[0]!)
}
