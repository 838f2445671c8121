import type { PatternGroup, PatternResult } from './pattern-test.ts'

/** One group's result, with the sentence that is said where it is the strongest. */
export type SaidGroup = PatternGroup & { readonly statement: string }

/** The result over all groups: the smallest p-value times how many there are (Bonferroni), said of the strongest group. */
export function overGroups(groups: readonly SaidGroup[]): PatternResult {
  const strongest = groups.reduce((best, group) => (group.pValue < best.pValue ? group : best))
  return {
    status: 'tested',
    pValue: Math.min(1, strongest.pValue * groups.length),
    effect: strongest.effect,
    statement: strongest.statement,
    groups: groups.map(({ statement: _, ...group }) => group).sort((a, b) => a.pValue - b.pValue),
  }
}

/** Such as `12 %`; a share below one in a hundred with one decimal. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(share > 0 && share < 0.01 ? 1 : 0)} %`
}

/** Three significant digits, never in powers of ten. */
export function figure(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 6, useGrouping: false })
}
