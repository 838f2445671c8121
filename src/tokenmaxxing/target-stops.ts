import type { AimedWindows } from '../features/aimed-windows.ts'
import type { SubjectUsage } from '../features/subject-usage.ts'
import { lowerBound } from '../statistics/lower-bound.ts'
import { bunching, defaultOf } from './bunching.ts'
import { ABOVE } from './bunching-curve.ts'
import { binOf, groupName, targetGroups, widthOf } from './target-groups.ts'

/** Usage in windows that stop at their target. */
export type TargetStops = {
  /** Numbers of counted usages, rising. */
  readonly usages: Int32Array
  /** One sentence a target, which names a default of the software as such. */
  readonly notes: readonly string[]
}

/**
 * The usage in windows that end from their target to two bins above, under the groups (programme and target) in which
 * bunching was found. Some windows end there by chance, and a window tells nothing of why it stopped.
 */
export function targetStops(windows: AimedWindows, usage: SubjectUsage, found: ReadonlySet<string>): TargetStops {
  const { binsToTarget } = bunching.options
  const stopped = new Set<number>()
  windows.programme.forEach((programme, row) => {
    const [target, counted] = [windows.target[row]!, windows.counted[row]!]
    if (windows.aimed[row] === 0 || !(target > 0) || !(counted > 0)) return
    const { programme: name } = windows.programmes[programme]!
    const bin = binOf(counted, target, widthOf(target, binsToTarget))
    if (bin < 0 || bin > ABOVE || !found.has(groupName(name, target))) return
    for (const one of usageIn(windows, usage, row)) stopped.add(one)
  })
  const groups = targetGroups(windows, bunching.options).filter(({ name }) => found.has(name))
  return {
    usages: Int32Array.from(stopped).sort(),
    notes: groups.map((group) => {
      const { bin } = group.aimed
      const hits = bin.filter((at) => at >= 0 && at <= ABOVE).length
      return `${hits} of ${bin.length} windows of ${group.name}, stop there${defaultOf(group, bunching.options)}.`
    }),
  }
}

/** Counted usages of the subject of a window, on the side that its programme counts, within it. */
function usageIn(windows: AimedWindows, usage: SubjectUsage, row: number): number[] {
  const { protocol, counts } = windows.programmes[windows.programme[row]!]!
  const subject = windows.subject[row]!
  const [first, last] = [usage.offsets[subject]!, usage.offsets[subject + 1]!]
  const [wanted, side] = [usage.protocols.indexOf(protocol), counts === 'delivered' ? 1 : 0]
  const inside: number[] = []
  const start = first + lowerBound(usage.time.subarray(first, last), windows.from[row]!)
  for (let at = start; at < last && usage.time[at]! < windows.to[row]!; at++)
    if (usage.protocol[at] === wanted && usage.side[at] === side && usage.usage[at] !== -1)
      inside.push(usage.usage[at]!)
  return inside
}
