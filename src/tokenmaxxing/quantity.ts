import { type Panel, programmePanels } from '../clusters/programme-panels.ts'
import type { Outcome } from './around-cut.ts'
import { overChanges } from './cut-change.ts'
import { figure, percent } from './over-groups.ts'
import { definePattern } from './pattern-test.ts'

export const quantity = definePattern({
  id: 'H7',
  name: 'What is counted parts from what it stands for',
  phrase: 'quantity over quality',
  claim:
    'Before a programme ends, or pays half as much or less, those it rewards have more counted for each thing that they ask, or for what they pay, beyond the change of all others.',
  role: 'test',
  requires: { panels: programmePanels },
  options: {
    ...{ mostKept: 0.5, spanDays: 7, mostDoublings: 2, lookbackDays: 28, leastMet: 0.5 },
    ...{ leastSubjects: 10, leastUses: 5 },
  },
  statistic: {
    name: 'difference in differences of a log ratio',
    definition:
      'log of what the programme counts of a subject’s requests by how many payloads differ among them or, where no payload is known, by the value paid for them; before the date less after, meant over those rewarded in the four weeks before, less the same of the others; over four, two or one weeks on each side, the longest that is covered; of as many requests on both sides, those next to the date',
  },
  nullModel: {
    name: 'as all others',
    exchangeable: 'the mean change of those rewarded with that of the others, by Welch’s test over subjects',
    heldFixed: 'how many requests of each subject are looked at on both sides, and who was rewarded earlier',
  },
  falsePositives: [
    {
      id: 'fewer-requests',
      story: 'Who asks less asks for more different things, by request.',
      mitigation: 'As many requests are looked at on both sides.',
      staysOpen: false,
    },
    {
      id: 'price-cut',
      story: 'Prices or answers change for everybody in that week.',
      mitigation: 'The change of all others is taken off.',
      staysOpen: false,
    },
    {
      id: 'large-answers',
      story: 'A few answers are a thousand times as long as most.',
      mitigation: 'Logs are meant, and the spread between subjects is the error.',
      staysOpen: false,
    },
    {
      id: 'other-model',
      story: 'Those who were rewarded change to a model or service with shorter answers in that week.',
      mitigation: 'None: look at the services.',
      staysOpen: true,
    },
  ],
  blindSpots: [
    'Those who stop altogether: they have no requests after the date.',
    'Payloads that differ by a nonce.',
    'Usage that is not paid for, where no payload is known.',
    'Programmes that count value, where no payload is known.',
  ],
  references: [
    {
      title: 'Holmström and Milgrom 1991, Multitask principal-agent analyses',
      url: 'https://doi.org/10.1093/jleo/7.special_issue.24',
    },
  ],
  measure({ panels }, { options }) {
    return overChanges(panels, options, {
      outcome: countedByComplement,
      effect: ({ mean, low, high }) => {
        const [value, least, most] = [mean, low, high].map(Math.expm1) as [number, number, number]
        return { name: 'counted for the same beyond others', value, low: least, high: most }
      },
      words({ mean, low, high, rewarded, others, means: [own, rest] }) {
        const [more, least, most] = [mean, low, high].map((log) => 100 * Math.expm1(log)) as [number, number, number]
        const change = ([before, after]: readonly [number, number]) => percent(Math.expm1(before - after))
        return `${change(own)} more was counted before than after for the same, of ${rewarded} subjects that it had rewarded, against ${change(rest)} of ${others} others: ${figure(more)} % [${figure(least)}, ${figure(most)}] beyond them`
      },
      uses: 'requests whose payload is known, or what was paid for them where it is not what counts',
    })
  },
})

/** Null: the panel has nothing that what is counted could be held against. */
function countedByComplement({ uses: { counted, value, payload } }: Panel): Outcome | null {
  const [hasPayloads, isValue] = [payload.some((one) => one !== -1), counted.every((one, row) => one === value[row])]
  if (!hasPayloads && isValue) return null
  const complement = hasPayloads
    ? (rows: readonly number[]) => new Set(rows.map((row) => payload[row]!)).size
    : (rows: readonly number[]) => rows.reduce((sum, row) => sum + value[row]!, 0)
  return (rows) => {
    const told = rows.filter((row) => counted[row]! > 0 && !(hasPayloads && payload[row] === -1))
    const total = told.reduce((sum, row) => sum + counted[row]!, 0)
    const ratio = total / complement(told)
    return ratio > 0 && Number.isFinite(ratio) ? Math.log(ratio) : Number.NaN
  }
}
