import { STOPS } from '../../score/payment-masks.ts'
import { bunching } from '../../tokenmaxxing/bunching.ts'
import { targetGroups } from '../../tokenmaxxing/target-groups.ts'
import { targetStops } from '../../tokenmaxxing/target-stops.ts'
import type { WindowSources } from './target-windows.ts'

/**
 * Masks as they would be if every window that ends at its target stopped there for it, whether or not the test of
 * bunching found that windows do: it may have missed some.
 */
export function masksAtMost({ aimed, usage, masks }: Pick<WindowSources, 'aimed' | 'usage' | 'masks'>): Int32Array {
  const every = new Set(targetGroups(aimed, bunching.options).map(({ name }) => name))
  const most = masks.slice()
  for (const one of targetStops(aimed, usage, every).usages) most[one]! |= STOPS
  return most
}
