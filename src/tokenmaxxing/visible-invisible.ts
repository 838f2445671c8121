import { type Economy, usageEconomy } from '../features/economy.ts'
import { type ProgrammeWindows, programmeWindows } from '../features/programme-windows.ts'
import { calendar, visibleUntil } from '../features/programmes.ts'
import { logBinomialTail } from '../statistics/binomial-tail.ts'
import { quantile } from '../statistics/cluster-bootstrap.ts'
import type { Draw } from '../statistics/hypergeometric-tail.ts'
import { stratifiedTail } from '../statistics/stratified-tail.ts'
import { figure, overGroups, percent, type SaidGroup } from './over-groups.ts'
import { definePattern } from './pattern-test.ts'

export const visibleInvisible = definePattern({
  id: 'H12',
  name: 'What is shown moves, what it is worth does not',
  phrase: 'inflate visible usage',
  claim: 'While a programme shows usage, more of each payer’s payments are next to worthless than while it does not.',
  role: 'test',
  requires: { economy: usageEconomy, windows: programmeWindows, calendar },
  options: { worthless: 0.1, leastPayers: 8, leastPayments: 100 },
  statistic: {
    name: 'worthless share, shown against not',
    definition:
      'payments of less than a tenth of the median while nothing was shown, among all with a known value, of each payer before the programme began or after it was shown no more, against the time between',
  },
  nullModel: {
    name: 'payments exchanged within payers',
    exchangeable:
      'which payments of a payer were made while usage was shown (exact conditional test), with as many payers moving one way as the other',
    heldFixed: 'how many payments each payer made in either time, and how many were next to worthless',
  },
  falsePositives: [
    {
      id: 'cheaper-service',
      story: 'A new and cheap service came at the same time.',
      mitigation: 'None: look at the services.',
      staysOpen: true,
    },
    {
      id: 'new-customers',
      story: 'The programme brought small customers.',
      mitigation: 'Every payer is held against itself.',
      staysOpen: false,
    },
    {
      id: 'one-agent',
      story: 'One agent changed to small payments.',
      mitigation: 'No payer counts more than one sign.',
      staysOpen: false,
    },
  ],
  blindSpots: [
    'Usage that nobody pays for.',
    'Value that comes back to the payer.',
    'More than one protocol in a ledger: payments of all are taken together.',
  ],
  references: [
    {
      title: 'Holmström and Milgrom 1991, Multitask principal-agent analyses',
      url: 'https://doi.org/10.1093/jleo/7.special_issue.24',
    },
  ],
  measure({ economy, windows, calendar: { programmes } }, { options }) {
    const spans = windows.programmes.map(({ protocol, programme }, index) => {
      const known = programmes.find((one) => one.protocol === protocol && one.programme === programme)
      return { programme, from: startOf(windows, index), to: visibleUntil(known?.visibility ?? null) }
    })
    const said = spans.flatMap((span) => sayShown(economy, span, options))
    if (said.length > 0) return overGroups(said)
    const lacks = `${options.leastPayments} payments of known value while a programme showed usage and as many while none did, of the same ${options.leastPayers} payers`
    return { status: 'untestable', lacks: [lacks] }
  },
})

type Span = { readonly programme: string; readonly from: number; readonly to: number }
type Options = { readonly worthless: number; readonly leastPayers: number; readonly leastPayments: number }
/** Payments while usage was not shown and while it was, and how many of them are next to worthless. */
type Tally = { readonly payments: [number, number]; readonly worthless: [number, number] }

function startOf({ programme, from }: ProgrammeWindows, index: number): number {
  let start = Number.POSITIVE_INFINITY
  programme.forEach((one, row) => {
    if (one === index) start = Math.min(start, from[row]!)
  })
  return start
}

function sayShown({ payments }: Economy, { programme, from, to }: Span, options: Options): SaidGroup[] {
  const { payer, time, value, amount } = payments
  const isShown = (row: number) => time[row]! >= from && time[row]! < to
  // An amount without a value is of an asset without a price.
  const isKnown = (row: number) => payer[row]! >= 0 && (value[row]! > 0 || amount[row] === 0)
  const quiet = value.filter((worth, row) => worth > 0 && !isShown(row))
  if (quiet.length < options.leastPayments) return []
  const least = options.worthless * quantile(quiet, 0.5)
  const tallies = new Map<number, Tally>()
  for (let row = 0; row < payer.length; row++) {
    if (!isKnown(row)) continue
    const tally = tallies.get(payer[row]!) ?? { payments: [0, 0], worthless: [0, 0] }
    tallies.set(payer[row]!, tally)
    const side = isShown(row) ? 1 : 0
    tally.payments[side]++
    if (value[row]! < least) tally.worthless[side]++
  }
  const both = [...tallies.values()].filter(({ payments: [quiet, shown] }) => quiet > 0 && shown > 0)
  const total = (of: keyof Tally, side: 0 | 1) => both.reduce((sum, tally) => sum + tally[of][side], 0)
  const [before, during] = [total('payments', 0), total('payments', 1)]
  if (both.length < options.leastPayers || Math.min(before, during) < options.leastPayments) return []
  const [low, high] = [total('worthless', 0) / before, total('worthless', 1) / during]
  return [
    {
      ...{ group: programme, size: during, pValue: Math.max(exact(both), signs(both)) },
      effect: { name: 'worthless share while shown, less while not', value: high - low, low: null, high: null },
      statement: `While ${programme} showed usage, ${percent(high)} of ${during} payments of ${both.length} payers were of less than ${figure(options.worthless)} of the usual value, against ${percent(low)} of their ${before} payments while it did not.`,
    },
  ]
}

function exact(tallies: readonly Tally[]): number {
  const strata = tallies.map(({ payments, worthless }): Draw => {
    const [population, marked] = [payments[0] + payments[1], worthless[0] + worthless[1]]
    return { population, marked, drawn: payments[1] }
  })
  const count = tallies.reduce((sum, { worthless }) => sum + worthless[1], 0)
  return stratifiedTail(
    count,
    strata.filter(({ marked }) => marked > 0),
  )
}

function signs(tallies: readonly Tally[]): number {
  const differences = tallies.map(({ payments, worthless }) => worthless[1] / payments[1] - worthless[0] / payments[0])
  const [more, less] = [differences.filter((one) => one > 0).length, differences.filter((one) => one < 0).length]
  return Math.exp(logBinomialTail(more, more + less, 0.5))
}
