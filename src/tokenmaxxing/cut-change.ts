import type { Cut, Panel } from '../clusters/programme-panels.ts'
import {
  type Change,
  type ChangeOptions,
  changeAround,
  cutName,
  dayOf,
  type Outcome,
  overCuts,
  overLongest,
} from './around-cut.ts'
import type { SaidGroup } from './over-groups.ts'
import type { Effect, PatternResult } from './pattern-test.ts'

/** How a test of what changes with the reward measures it and says so. */
export type CutChange<options> = {
  /** Null: the panel has nothing of which the test could be made. */
  readonly outcome: (panel: Panel, options: options) => Outcome | null
  readonly effect: (change: Change) => Effect
  /** What stands after `In the 14 days before and after the end of rate 1 in weekly on 2025-03-03,`. */
  readonly words: (change: Change) => string
  /** What a use must tell, such as `requests whose payload or size is known`. */
  readonly uses: string
}

type Options = ChangeOptions & { readonly mostDoublings: number }

/** A test that holds those a programme had rewarded against all others, before and after each cut of it. */
export function overChanges<options extends Options>(
  panels: readonly Panel[],
  options: options,
  { outcome, effect, words, uses }: CutChange<options>,
): PatternResult {
  const say = (panel: Panel, cut: Cut): SaidGroup[] => {
    const measure = outcome(panel, options)
    if (measure === null) return []
    return overLongest(options, (longest) => {
      const change = changeAround(panel, cut.date, longest, measure)
      if (change === null) return []
      const times = `In the ${longest.spanDays} days before and after ${cut.what} in ${panel.programme} on ${dayOf(cut.date)}`
      return [
        {
          ...{ group: cutName(panel, cut), size: change.rewarded + change.others, pValue: change.pValue },
          ...{ effect: effect(change), statement: `${times}, ${words(change)}.` },
        },
      ]
    })
  }
  const { spanDays, leastUses, leastSubjects } = options
  const each = `${leastUses} in the ${spanDays} days before such a date and ${leastUses} in as many after`
  const lacks = `${uses}, ${each}, of ${leastSubjects} subjects each who were rewarded earlier and who were not`
  return overCuts(panels, options, say, lacks)
}
