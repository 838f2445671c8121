import { clopperPearson } from '../statistics/clopper-pearson.ts'
import type { BoundRow, ScoredKind, ScoreRow } from './evaluate-score.ts'
import type { SignalRate, SignalRates } from './evaluate-signals.ts'
import { markdownTable, number, percent } from './evaluation-text.ts'

export type ScoredScenario = {
  readonly scenario: string
  readonly share: number
  readonly worlds: number
  readonly wash: number
  readonly payers: number
  readonly score: ScoreRow
}

/** Bounds against truth, by scenario, and what gate and certificate say of each kind of payer. */
export function renderScore(
  scenarios: readonly ScoredScenario[],
  kinds: { readonly [kind: string]: ScoredKind },
): string {
  const bound = (row: BoundRow | null) =>
    row === null ? 'not measured' : `${percent(row.mid)} [${percent(row.low)}, ${percent(row.high)}]`
  return `## Bounds, gate and certificate

L1 is to be at most the value that payers of adversaries spend, camouflage among it, in 95 of 100 worlds; U1 at least the share of wash usage; means over worlds, with the ends
of L1 over left-out honest classes. Gate: wash usage, by value, whose payers may be named.

${markdownTable(
  [
    'scenario',
    'share',
    'worlds',
    'true wash, value',
    'by wash payers',
    'L1',
    'L1 holds',
    'L1 / truth',
    'U1',
    'U1 holds',
    'gate recall',
  ],
  scenarios.map(({ scenario, share, worlds, wash, payers, score: { L1, U1, gateRecall } }) => [
    ...[scenario, scenario === 'market' ? '–' : percent(share), String(worlds), percent(wash), percent(payers)],
    ...[bound(L1), holds(L1, worlds), L1 === null || payers === 0 ? '–' : number(L1.mid / payers)],
    ...[U1 === null ? 'not measured' : percent(U1.mid), holds(U1, worlds), percent(gateRecall)],
  ]),
)}

Entities that pay, by what most of their payments are. Nobody honest should be named, and no adversary certified.

${markdownTable(['kind', 'entities', 'named', 'at most (95 %)', 'certified organic'], kindRows(kinds))}
`
}

const holds = (row: BoundRow | null, worlds: number) => (row === null ? '–' : `${row.holds} of ${worlds}`)

function kindRows(kinds: { readonly [kind: string]: ScoredKind }): string[][] {
  return Object.entries(kinds)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, { of, named, certified }]) => [
      ...[kind, String(of), String(named), percent(clopperPearson(named, of, 0.95).high)],
      percent(certified / of),
    ])
}

/** How often each signal marks each kind, at two levels. */
export function renderSignals(rates: SignalRates): string {
  const rows = Object.entries(rates).flatMap(([signal, kinds]) =>
    Object.entries(kinds)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, { tested, at05, at01 }]: [string, SignalRate]) => [
        ...[signal, kind, String(tested), percent(at05 / tested), percent(at01 / tested)],
      ]),
  )
  return `## Signals

Of the entities that a signal tested, by what they are in the role it looks at, how many have a p-value of at most .05 and .01.

${markdownTable(['signal', 'kind', 'tested', 'p ≤ .05', 'p ≤ .01'], rows)}
`
}
