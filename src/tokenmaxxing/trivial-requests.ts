import { type Panel, programmePanels } from '../clusters/programme-panels.ts'
import type { Outcome } from './around-cut.ts'
import { overChanges } from './cut-change.ts'
import { figure, percent } from './over-groups.ts'
import { definePattern } from './pattern-test.ts'

export const trivialRequests = definePattern({
  id: 'H5',
  name: 'Fewer requests are trivial once they are not rewarded',
  phrase: 'trivial tasks',
  claim:
    'Before a programme ends, or pays half as much or less, more requests of those it rewards are of the smallest size or ask the same again, beyond the change of all others.',
  role: 'test',
  requires: { panels: programmePanels },
  options: {
    ...{ mostKept: 0.5, spanDays: 7, mostDoublings: 2, lookbackDays: 28, leastMet: 0.5 },
    ...{ leastSubjects: 10, leastUses: 5, smallest: 0.1 },
  },
  statistic: {
    name: 'difference in differences of the trivial share',
    definition:
      'share of a subject’s requests that are among the smallest tenth of all, by units or else by value, or whose payload is among them more than once; before the date less after, meant over those rewarded in the four weeks before, less the same of the others; over four, two or one weeks on each side, the longest that is covered; of as many requests on both sides, those next to the date',
  },
  nullModel: {
    name: 'as all others',
    exchangeable: 'the mean change of those rewarded with that of the others, by Welch’s test over subjects',
    heldFixed: 'how many requests of each subject are looked at on both sides, and who was rewarded earlier',
  },
  falsePositives: [
    {
      id: 'fewer-requests',
      story: 'Who asks less repeats less.',
      mitigation: 'As many requests are looked at on both sides.',
      staysOpen: false,
    },
    {
      id: 'common-change',
      story: 'A new model or price changes what everybody asks.',
      mitigation: 'The change of all others is taken off.',
      staysOpen: false,
    },
    {
      id: 'one-program',
      story: 'One large user runs a program that asks the same again and again in some weeks, such as a probe.',
      mitigation: 'Every subject counts alike, and the spread between subjects is the error.',
      staysOpen: false,
    },
    {
      id: 'other-work',
      story: 'Those who were rewarded do other work than the others, and that work changed in that week.',
      mitigation: 'None: look at what they asked.',
      staysOpen: true,
    },
  ],
  blindSpots: [
    'Those who stop altogether: they have no requests after the date.',
    'Payloads that differ by a nonce, and sizes that are padded.',
    'Prompts that many share and each asks once.',
  ],
  references: [
    {
      title: 'Holmström and Milgrom 1991, Multitask principal-agent analyses',
      url: 'https://doi.org/10.1093/jleo/7.special_issue.24',
    },
  ],
  measure({ panels }, { options }) {
    return overChanges(panels, options, {
      outcome: trivialShare,
      effect: ({ mean: value, low, high }) => ({ name: 'trivial share beyond others', value, low, high }),
      words({ mean, low, high, rewarded, others, means: [own, rest] }) {
        const points = `${figure(100 * mean)} points [${figure(100 * low)}, ${figure(100 * high)}]`
        return `${percent(own[0])} and ${percent(own[1])} of requests of ${rewarded} subjects that it had rewarded were trivial, against ${percent(rest[0])} and ${percent(rest[1])} of ${others} others: ${points} beyond them`
      },
      uses: 'requests whose payload or size is known',
    })
  },
})

/** Of requests that tell their payload or size. Null: nothing in the panel tells either. */
function trivialShare({ uses: { units, value, payload } }: Panel, options: { readonly smallest: number }) {
  const sizes = units.some((one) => !Number.isNaN(one)) ? units : value.map((one) => (one > 0 ? one : Number.NaN))
  const known = sizes.filter((size) => !Number.isNaN(size))
  if (known.length === 0 && payload.every((one) => one === -1)) return null
  known.sort()
  const small = known[Math.floor(options.smallest * known.length)] ?? Number.NaN
  // Where hardly any request is larger, to be as small as that says nothing.
  const hasSizes = known.length > 0 && small < known[Math.floor((1 - options.smallest) * known.length)]!
  return ((rows) => {
    const times = new Map<number, number>()
    for (const row of rows) times.set(payload[row]!, (times.get(payload[row]!) ?? 0) + 1)
    let [trivial, all] = [0, 0]
    for (const row of rows) {
      const isAsked = payload[row] !== -1
      const isSized = hasSizes && !Number.isNaN(sizes[row])
      if (!isAsked && !isSized) continue
      all++
      if ((isSized && sizes[row]! <= small) || (isAsked && times.get(payload[row]!)! > 1)) trivial++
    }
    return all === 0 ? Number.NaN : trivial / all
  }) satisfies Outcome
}
