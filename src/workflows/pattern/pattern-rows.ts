import { clopperPearson } from '../../statistics/clopper-pearson.ts'
import type { Covered } from '../evaluate-score.ts'
import type { EvaluatedPattern } from './evaluate-world.ts'

/** One test over worlds: how often it could be tested, and how often its p-value is small. */
export type PatternRow = {
  readonly id: string
  readonly role: 'test' | 'context'
  /** Of worlds without gaming. */
  readonly testable: Covered
  /** p-values of at most .05 and .01 where nobody works for a counter. */
  readonly size: readonly Rate[]
  /** p-values of at most .05, and how often it fired among all tests, by the share of users that do. */
  readonly power: readonly { readonly share: number; readonly small: Covered; readonly fired: Covered }[]
}
type Rate = { readonly level: number } & Covered

/** How often at least so many tests fire in worlds without gaming. */
export type Signature = { readonly atLeast: readonly ({ readonly k: number } & Covered)[]; readonly tests: number }

const LEVELS = [0.05, 0.01]

export function patternRows(
  honest: readonly EvaluatedPattern[],
  gamed: readonly { readonly share: number; readonly worlds: readonly EvaluatedPattern[] }[],
): PatternRow[] {
  return (honest[0]?.tests ?? []).map(({ id, role }) => {
    const of = (worlds: readonly EvaluatedPattern[]) => worlds.map(({ tests }) => tests.find((one) => one.id === id)!)
    const tested = of(honest).filter(({ pValue }) => !Number.isNaN(pValue))
    return {
      ...{ id, role },
      testable: rate(tested.length, honest.length),
      size: LEVELS.map((level) => ({
        level,
        ...rate(tested.filter(({ pValue }) => pValue <= level).length, tested.length),
      })),
      power: gamed.map(({ share, worlds }) => {
        const own = of(worlds).filter(({ pValue }) => !Number.isNaN(pValue))
        return {
          share,
          small: rate(own.filter(({ pValue }) => pValue <= LEVELS[0]!).length, own.length),
          fired: rate(own.filter(({ fired }) => fired).length, own.length),
        }
      }),
    }
  })
}

export function signatureOf(honest: readonly EvaluatedPattern[]): Signature {
  const fired = honest.map(({ tests }) => tests.filter((one) => one.fired).length)
  return {
    tests: honest[0]?.tests.filter(({ role }) => role === 'test').length ?? 0,
    atLeast: [1, 2].map((k) => ({ k, ...rate(fired.filter((one) => one >= k).length, fired.length) })),
  }
}

/** With exact one-sided bounds of 99 %; of nothing from 0 to 1. */
function rate(holds: number, of: number): Covered {
  return { of, holds, ...(of === 0 ? { low: 0, high: 1 } : clopperPearson(holds, of, 0.99)) }
}
