import type { Report } from '../report/report.ts'
import { headlineOf } from './headline.ts'
import { rerunOne } from './rerun.ts'
import type { Scene } from './scene.ts'
import { outcomeOf, rowOf, withoutFigures } from './sensitivity-row.ts'

const FACTORS = [0.8, 1.2]

/**
 * Every threshold of every signal a fifth lower and higher, one at a time. A whole number stays one and moves by at least
 * one, a share of at most 1 stays one; where the rounded value is the declared one there is no row.
 */
export async function scaledRuns(scene: Scene): Promise<Report['sensitivity']> {
  const { context, seed, measured, bounds, market, l0 } = scene
  const rows: Report['sensitivity'] = []
  for (const { signal } of measured)
    for (const [name, declared] of Object.entries(signal.options))
      for (const factor of FACTORS) {
        const value = scaled(declared, factor)
        if (value === declared) continue
        const label = [`${signal.id} ${name}`, `${value} instead of ${declared}`] as const
        const again = await rerunOne(signal, context, seed, { [name]: value })
        const all = measured.flatMap((known) =>
          known.signal !== signal ? known : typeof again === 'string' ? [] : again,
        )
        const outcome = outcomeOf(headlineOf(all, market, bounds), l0.published)
        context.onStage?.(`thresholds: ${label[0]} ${value}`)
        rows.push(rowOf('threshold', ...label, typeof again === 'string' ? withoutFigures(outcome, again) : outcome))
      }
  return rows
}

export function scaled(declared: number, factor: number): number {
  if (declared === 0) return 0
  if (Number.isInteger(declared))
    return Math.max(1, factor < 1 ? Math.floor(declared * factor) : Math.ceil(declared * factor))
  const value = Number((declared * factor).toPrecision(6))
  return declared <= 1 ? Math.min(1, value) : value
}
