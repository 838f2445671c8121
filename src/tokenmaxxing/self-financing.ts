import { type ProgrammeAccount, programmeAccounts } from '../clusters/programme-accounts.ts'
import { logBinomialTail } from '../statistics/binomial-tail.ts'
import { clopperPearson } from '../statistics/clopper-pearson.ts'
import { figure, overGroups, percent, type SaidGroup } from './over-groups.ts'
import { definePattern } from './pattern-test.ts'

export const selfFinancing = definePattern({
  id: 'H10',
  name: 'Usage pays for itself',
  phrase: 'perverse incentives',
  claim:
    'Most of those whom a programme rewards in two weeks or more get more from it than their usage costs them, payments to themselves left out.',
  role: 'test',
  requires: { accounts: programmeAccounts },
  options: { leastWeeks: 2, leastPayers: 10 },
  statistic: {
    name: 'payers that gain',
    definition:
      'of entities that used the network and were rewarded in two weeks or more, the share whose rewards exceed what they paid to others and in fees in more of these weeks than not; payments within an entity cancel, and cost their fees',
  },
  nullModel: {
    name: 'as many gain as lose',
    exchangeable: 'gains and losses of entities, by a sign test',
    heldFixed: 'who used the network and was rewarded, and in how many weeks',
  },
  falsePositives: [
    {
      id: 'one-week',
      story: 'One generous week paid more than anything cost.',
      mitigation: 'An entity gains only if it does so in most of its weeks.',
      staysOpen: false,
    },
    {
      id: 'one-winner',
      story: 'One payer is paid more than all others together.',
      mitigation: 'Every entity is one sign.',
      staysOpen: false,
    },
    {
      id: 'subsidy',
      story: 'A young network pays for its first users, as subsidies are meant to.',
      mitigation: 'None: the test says that usage pays for itself, and not that anybody uses it for that.',
      staysOpen: true,
    },
    {
      id: 'other-service',
      story: 'Rewards are for something else that costs, such as a stake or a server.',
      mitigation: 'None: look at what the programme counts.',
      staysOpen: true,
    },
    {
      id: 'price-timing',
      story: 'The reward’s asset was worth less, or could not be sold, when it was paid.',
      mitigation: 'None: prices are those that are given, one for all times.',
      staysOpen: true,
    },
  ],
  blindSpots: [
    'Fees of the chain, which no record holds.',
    'What others pay back, beyond what evidence ties to one entity.',
    'Rewards that are paid more than a week after the usage.',
    'Rewards in an asset that nobody paid with or that has no price.',
  ],
  references: [
    {
      title: 'Holmström and Milgrom 1991, Multitask principal-agent analyses',
      url: 'https://doi.org/10.1093/jleo/7.special_issue.24',
    },
  ],
  measure({ accounts: { accounts, unit } }, { options }) {
    const said = accounts.flatMap((account) => sayGain(account, unit, options))
    if (said.length > 0) return overGroups(said)
    const lacks = `prices of what was paid and rewarded, of ${options.leastPayers} payers that were rewarded in ${options.leastWeeks} weeks or more`
    return { status: 'untestable', lacks: [lacks] }
  },
})

type Options = { readonly leastWeeks: number; readonly leastPayers: number }

function sayGain(account: ProgrammeAccount, unit: string, { leastWeeks, leastPayers }: Options): SaidGroup[] {
  const { entity, rewards, paid, fees } = account
  const tallies = new Map<number, { gained: number; lost: number; weeks: number }>()
  for (let row = 0; row < entity.length; row++) {
    const tally = tallies.get(entity[row]!) ?? { gained: 0, lost: 0, weeks: 0 }
    const gain = rewards[row]! - paid[row]! - fees[row]!
    tally.weeks++
    if (gain > 0) tally.gained++
    if (gain < 0) tally.lost++
    tallies.set(entity[row]!, tally)
  }
  const isTested = (one: number) => tallies.get(one)!.weeks >= leastWeeks
  const tested = [...tallies.values()].filter(({ weeks }) => weeks >= leastWeeks)
  if (tested.length < leastPayers) return []
  const gaining = tested.filter(({ gained, lost }) => gained > lost).length
  const losing = tested.filter(({ gained, lost }) => gained < lost).length
  const { low, high } = clopperPearson(gaining, tested.length, 0.975)
  const total = (column: Float64Array) =>
    figure(column.reduce((sum, one, row) => (isTested(entity[row]!) ? sum + one : sum), 0))
  const value = gaining / tested.length
  return [
    {
      ...{ group: account.programme, size: tested.length },
      pValue: Math.exp(logBinomialTail(gaining, gaining + losing, 0.5)),
      effect: { name: 'share of rewarded payers that gain', value, low, high },
      statement: `${percent(value)} [${figure(100 * low)}, ${figure(100 * high)}] of ${tested.length} payers that ${account.programme} rewarded in ${leastWeeks} weeks or more gained in most of them: all were rewarded with ${total(rewards)} ${unit} for usage that cost ${total(paid)} to others and ${total(fees)} in fees on payments to themselves.`,
    },
  ]
}
