import {
  type BoundRow,
  type Coverage,
  type Covered,
  type KindRow,
  LEAST_ENTITIES,
  type ScoreRow,
} from './evaluate-score.ts'
import type { SignalRate, SignalRates } from './evaluate-signals.ts'
import { markdownTable, number, percent } from './evaluation-text.ts'

/** DESIGN §9: coverage is judged on so many worlds, and fails if it is below this for certain. */
const LEAST_WORLDS = 1_000
const LEAST_COVERAGE = 0.94

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
  kinds: { readonly [kind: string]: KindRow },
  coverage: Coverage,
): string {
  const bound = (row: BoundRow | null) =>
    row === null ? 'not measured' : `${percent(row.mid)} [${percent(row.low)}, ${percent(row.high)}]`
  return `## Bounds, gate and certificate

L1 is to be at most the value that payers of adversaries spend, camouflage among it, in 95 of 100 worlds; U1 at least the share of wash usage; means over worlds, with the ends
of L1 over left-out honest classes. L1 / truth: over worlds of ${LEAST_ENTITIES} entities or more. Gate: wash usage, by value, whose payers may be named.

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
    'of so many worlds',
    'U1',
    'U1 holds',
    'gate recall',
  ],
  scenarios.map(({ scenario, share, worlds, wash, payers, score: { L1, U1, informative, gateRecall } }) => [
    ...[scenario, scenario === 'market' ? '–' : percent(share), String(worlds), percent(wash), percent(payers)],
    ...[bound(L1), holds(L1, worlds), wash === 0 ? '–' : number(informative.ratio), String(informative.worlds)],
    ...[U1 === null ? 'not measured' : percent(U1.mid), holds(U1, worlds), percent(gateRecall)],
  ]),
)}

How often bounds of 95 % hold, over all these worlds, with exact one-sided bounds of 99 %. Below 94 % at the most they fail; ${LEAST_WORLDS}
worlds or more are asked for.

${markdownTable(['bound', 'holds', 'at least', 'at most', ''], coverageRows(coverage))}

Entities that pay, by what most of their payments are. Nobody honest should be named, and no adversary certified. The bound is
over worlds drawn again, and never below the exact one.

${markdownTable(['kind', 'entities', 'named', 'share', 'at most (95 %)', 'certified organic'], kindRows(kinds))}
`
}

function coverageRows({ L1, L1LeftOut, L1Wash, U1 }: Coverage): string[][] {
  const row = (what: string, { holds, of, low, high }: Covered) => [
    ...[what, `${holds} of ${of}`, percent(low), percent(high)],
    of < LEAST_WORLDS ? 'too few worlds' : high < LEAST_COVERAGE ? 'fails' : 'holds',
  ]
  return [
    row('L1, of what payers of adversaries spend', L1),
    row('the same, with the honest class left out of calibration that raises L1 most', L1LeftOut),
    row('L1, of wash usage alone', L1Wash),
    row('U1', U1),
  ]
}

const holds = (row: BoundRow | null, worlds: number) => (row === null ? '–' : `${row.holds} of ${worlds}`)

function kindRows(kinds: { readonly [kind: string]: KindRow }): string[][] {
  return Object.entries(kinds)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, { of, named, certified, bound }]) => [
      ...[kind, String(of), String(named), percent(named / of), percent(bound.upper)],
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
