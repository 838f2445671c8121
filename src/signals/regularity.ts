import { entityPairs } from '../clusters/entity-pairs.ts'
import { pairPayments } from '../clusters/pair-payments.ts'
import { permutationPValue } from '../statistics/permutation-p-value.ts'
import type { Random } from '../statistics/random.ts'
import { defineSignal } from './signal.ts'

const HOUR_MS = 3_600_000

export const regularity = defineSignal({
  id: 'regularity',
  title: 'A payer pays at even intervals',
  why: 'A program pays on a beat and never sleeps. That says how the payments are made and not for whom: it is context for other findings and makes none.',
  status: 'experimental',
  family: 'F4',
  subject: 'cluster',
  requires: { pairs: entityPairs, payments: pairPayments },
  options: { leastPayments: 10, mostPayments: 200, draws: 199 },
  statistic: {
    name: 'evenness',
    definition:
      'Minus the sum of squares of the gaps between the payments of a payer, in parts of its span, where an hour counts as much as all payers pay in it: Greenwood’s statistic, as a share of what chance gives. Of many payments the first count.',
  },
  nullModel: {
    name: 'inhomogeneous Poisson',
    exchangeable:
      'Between its first and last payment a payer pays at any time alike, hours of the day weighed by what all payers do: against draws of uniform times.',
    heldFixed: 'The first and last payment, how many there are, and the hours of the day of the market.',
  },
  falsePositives: [
    {
      id: 'cron',
      story: 'A report, a health check or an agent runs on a schedule.',
      mitigation: 'It is a program, as the signal says, and may be honest: families of context list no findings.',
      staysOpen: true,
    },
    {
      id: 'sessions',
      story: 'People make several requests at a time, by day.',
      mitigation: 'Sessions are less even than chance, and days are weighed by the market’s own.',
      staysOpen: false,
    },
  ],
  blindSpots: ['Programs that wait at random between payments.'],
  references: [
    { title: 'Greenwood 1946, The statistical study of infectious diseases', url: 'https://doi.org/10.2307/2981176' },
    {
      title: 'Brown, Barbieri, Ventura, Kass and Frank 2002, The time-rescaling theorem',
      url: 'https://doi.org/10.1162/08997660252741149',
    },
  ],
  measure({ pairs, payments }, { options, random }) {
    const count = pairs.offsets.length - 1
    const placesOf = (payer: number) =>
      [payments.offsets[pairs.offsets[payer]!]!, payments.offsets[pairs.offsets[payer + 1]!]!] as const
    const tested = Int32Array.from({ length: count }, (_, payer) => payer).filter((payer) => {
      const [start, end] = placesOf(payer)
      return end - start >= options.leastPayments
    })
    const turn = marketTime(payments.time)
    const evenness = Float64Array.from(tested, (payer) => {
      const times = payments.time
        .slice(...placesOf(payer))
        .sort()
        .subarray(0, options.mostPayments)
      return -sumOfSquares(times.map(turn))
    })
    const sizes = Int32Array.from(tested, (payer) => {
      const [start, end] = placesOf(payer)
      return Math.min(end - start, options.mostPayments)
    })
    const chance = chanceEvenness(sizes, options.draws, random)
    return {
      tested: tested.length,
      findings: [],
      values: {
        role: 'payer',
        entity: tested,
        statistic: evenness.map((value, row) => (value * (sizes[row]! + 1)) / 2),
        pValue: evenness.map((value, row) => permutationPValue(value, chance.get(sizes[row]!)!)),
        evidence: (row) => ({ payments: [...payments.usage.subarray(...placesOf(tested[row]!))], transfers: [] }),
      },
    }
  },
})

/** Time as the market spends it: in UTC ms, with the hours of each day as long as their share of all payments. */
function marketTime(times: Float64Array): (time: number) => number {
  const until = new Float64Array(25)
  for (const time of times) until[(Math.floor(time / HOUR_MS) % 24) + 1]! += 1
  // Every hour has some weight, so that time never stands still.
  for (let hour = 1; hour <= 24; hour += 1) until[hour] = until[hour - 1]! + (until[hour]! + 1) / (times.length + 24)
  return (time) => {
    const hours = time / HOUR_MS
    const hour = Math.floor(hours) % 24
    const share = until[hour]! + (hours - Math.floor(hours)) * (until[hour + 1]! - until[hour]!)
    return Math.floor(hours / 24) + share
  }
}

/** Of the gaps between rising times, in parts of their span. 1: all at once. */
function sumOfSquares(times: Float64Array): number {
  const span = times.at(-1)! - times[0]!
  if (!(span > 0)) return 1
  let sum = 0
  for (let i = 1; i < times.length; i += 1) sum += ((times[i]! - times[i - 1]!) / span) ** 2
  return sum
}

/** Evenness of uniform times, by how many there are: gaps of exponential lengths. O(draws × sizes × payments). */
function chanceEvenness(sizes: Int32Array, draws: number, random: Random): Map<number, Float64Array> {
  return new Map(
    [...new Set(Int32Array.from(sizes).sort())].map((size) => [
      size,
      Float64Array.from({ length: draws }, () => {
        let [sum, squares] = [0, 0]
        for (let gap = 1; gap < size; gap += 1) {
          const length = random.exponential()
          sum += length
          squares += length * length
        }
        return -squares / (sum * sum)
      }),
    ]),
  )
}
