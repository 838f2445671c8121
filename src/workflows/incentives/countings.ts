import type { AimedWindows } from '../../features/aimed-windows.ts'
import type { Payments } from '../../features/economy.ts'
import type { UsageUnits } from '../../features/usage-units.ts'
import type { Counting } from './costs-by-level.ts'
import type { Grants } from './grants.ts'

/** What a programme counts, in words. */
export type CountedAs = 'value' | 'units' | 'uses'

/**
 * How each programme counts usage: as its windows do where their counts are those of the usage, else as it is said to;
 * a programme of which nothing is said counts uses. Value is in the unit of the value measure.
 */
export function countings(
  { programmes }: Pick<Grants, 'programmes'>,
  aimed: AimedWindows,
  { units, payments }: { readonly units: UsageUnits; readonly payments: Payments },
): (Counting & { readonly as: CountedAs })[] {
  return programmes.map(({ protocol, programme, counted }) => {
    const counts = aimed.programmes.find((one) => one.protocol === protocol && one.programme === programme)?.counts
    const as = countedAs(counts ?? null, counted)
    const column = as === 'value' ? payments.value : units.units
    return {
      as,
      side: counts === 'delivered' || counted === 'deliveries' ? 1 : 0,
      protocol: units.protocols.indexOf(protocol),
      of: (usage) => (as === 'uses' ? 1 : Number.isNaN(column[usage]!) ? 0 : column[usage]!),
    }
  })
}

function countedAs(counts: AimedWindows['programmes'][number]['counts'], counted: string | null): CountedAs {
  if (counted === 'value') return 'value'
  if (counts === 'units') return 'units'
  if (counts !== null || counted === null || counted === 'requests' || counted === 'deliveries') return 'uses'
  return 'units'
}
