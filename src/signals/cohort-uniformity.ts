import { type EntityPairs, entityPairs } from '../clusters/entity-pairs.ts'
import { type PairPayments, pairPayments } from '../clusters/pair-payments.ts'
import { groupMembers } from '../graph/partition.ts'
import { logBinomialTail } from '../statistics/binomial-tail.ts'
import { lowerBound } from '../statistics/lower-bound.ts'
import { logPoissonTail } from '../statistics/poisson-tail.ts'
import { defineSignal } from './signal.ts'

const MINUTE_MS = 60_000

export const cohortUniformity = defineSignal({
  id: 'cohort-uniformity',
  title: 'Payers of a payee started together and paid equally often',
  why: 'Customers arrive one by one and differ in how much they need. Wallets switched on together, each with the same work to do, are neither.',
  status: 'experimental',
  family: 'F3',
  subject: 'cluster',
  requires: { pairs: entityPairs, payments: pairPayments },
  options: { startMinutes: 30, leastPayers: 10, leastMean: 4, most: 0.5, exemptPayees: 20, exemptPayments: 500 },
  statistic: {
    name: 'start of a cohort',
    definition:
      '−log10 of the p-value of the cohort: payers whose first payment to the payee fell within one window, at least the least number and with at least the least mean of later payments each, whose variation from payer to payer is at most the most. Payers of many payees and payments are exempt. Uniform amounts are no part of it: a price list makes them.',
  },
  nullModel: {
    name: 'starts like any payment, and counts like chance',
    exchangeable:
      'A first payment falls into a window as often as later payments of the same payee do: a binomial count, times as many windows as there are first payments. And later payments fall on the payers of the cohort alike: their index of dispersion is χ². The larger of both p-values counts, so that either explanation will do.',
    heldFixed:
      'The traffic of the payee by its later payments, how many payers it has, and how much the cohort paid in all.',
  },
  falsePositives: [
    {
      id: 'event-spike',
      story: 'Hundreds of strangers try a new model within an hour of its release, once or twice each.',
      mitigation: 'What they pay later falls into the same hour, and so few payments each say nothing of uniformity.',
      staysOpen: false,
    },
    {
      id: 'waiting-list',
      story: 'A service opens to all who waited for it at once.',
      mitigation: 'They come together and use it unequally: chance alone makes counts vary more than a cohort does.',
      staysOpen: false,
    },
    {
      id: 'boutique',
      story: 'A small provider has a dozen customers of its own with like needs.',
      mitigation: 'They use it equally and come one by one.',
      staysOpen: false,
    },
    {
      id: 'roll-out',
      story: 'A company switches a tool on for all its staff at once, in a job that all do equally often.',
      mitigation: 'The cohort is real and its demand may be too: naming a wallet needs a second family of evidence.',
      staysOpen: true,
    },
  ],
  blindSpots: ['Wallets switched on over hours or days.', 'Cohorts in which a few wallets do most of the work.'],
  references: [
    {
      title: 'Kulldorff 1997, A spatial scan statistic',
      url: 'https://doi.org/10.1080/03610929708831995',
    },
    {
      title: 'Berger and Hsu 1996, Bioequivalence trials, intersection-union tests and equivalence confidence sets',
      url: 'https://doi.org/10.1214/ss/1032280304',
    },
  ],
  measure({ pairs, payments }, { options }) {
    const isExempt = exemptPayers(pairs, options)
    const payees = groupMembers({ membership: pairs.payee, count: isExempt.length })
    const pairsTo = (payee: number) =>
      payees.members
        .subarray(payees.offsets[payee], payees.offsets[payee + 1])
        .filter((pair) => isExempt[pairs.payer[pair]!] === 0 && size(payments, pair) > 0)
    const tested: number[] = []
    const cohorts: Cohort[] = []
    for (let payee = 0; payee < isExempt.length; payee += 1) {
      if (payees.offsets[payee + 1]! - payees.offsets[payee]! < options.leastPayers) continue
      const mine = pairsTo(payee)
      if (mine.length < options.leastPayers) continue
      tested.push(payee)
      cohorts.push(leastLikelyCohort(payments, mine, options))
    }
    return {
      tested: tested.length,
      findings: [],
      values: {
        role: 'payee',
        entity: Int32Array.from(tested),
        statistic: Float64Array.from(cohorts, ({ logPValue }) => -logPValue / Math.LN10),
        pValue: Float64Array.from(cohorts, ({ logPValue }) => Math.exp(logPValue)),
        evidence: (row) => ({
          payments: cohorts[row]!.pairs.flatMap((pair) => [
            ...payments.usage.subarray(payments.offsets[pair], payments.offsets[pair + 1]),
          ]),
          transfers: [],
        }),
      },
    }
  },
})

type Cohort = { readonly logPValue: number; readonly pairs: readonly number[] }

const size = ({ offsets }: PairPayments, pair: number) => offsets[pair + 1]! - offsets[pair]!

/** 1: payers of many payees and payments, as gateways are. */
function exemptPayers({ offsets, payments }: EntityPairs, options: typeof cohortUniformity.options): Uint8Array {
  return Uint8Array.from({ length: offsets.length - 1 }, (_, payer) => {
    const mine = payments.subarray(offsets[payer], offsets[payer + 1])
    const paid = mine.reduce((sum, one) => sum + one, 0)
    return Number(mine.length >= options.exemptPayees && paid >= options.exemptPayments)
  })
}

/** Of windows that begin with the first payment of some payer, the least likely. O(payments log payments). */
function leastLikelyCohort(
  payments: PairPayments,
  pairs: Int32Array,
  { startMinutes, leastPayers, leastMean, most }: typeof cohortUniformity.options,
): Cohort {
  const firstOf = (pair: number) => payments.time[payments.offsets[pair]!]!
  const starting = [...pairs].sort((a, b) => firstOf(a) - firstOf(b) || a - b)
  const starts = Float64Array.from(starting, firstOf)
  const later = new Float64Array(starting.reduce((sum, pair) => sum + size(payments, pair) - 1, 0))
  let kept = 0
  for (const pair of starting) {
    later.set(payments.time.subarray(payments.offsets[pair]! + 1, payments.offsets[pair + 1]!), kept)
    kept += size(payments, pair) - 1
  }
  later.sort()
  let best: Cohort = { logPValue: 0, pairs: [] }
  for (let first = 0; first + leastPayers <= starting.length; first += 1) {
    const end = starts[first]! + startMinutes * MINUTE_MS
    const last = lowerBound(starts, end)
    if (last - first < leastPayers) continue
    const cohort = starting.slice(first, last)
    const uniform = logUniformity(
      // The first payment of each is what made it a member.
      cohort.map((pair) => size(payments, pair) - 1),
      { leastMean, most },
    )
    const inside = lowerBound(later, end) - lowerBound(later, starts[first]!)
    // The payer with whom the window begins is in it anyway.
    const share = (inside + 1) / (later.length + 1)
    const together = logBinomialTail(last - first - 1, starting.length - 1, share)
    const logPValue = Math.min(0, Math.max(uniform, together + Math.log(starting.length)))
    if (logPValue < best.logPValue) best = { logPValue, pairs: cohort }
  }
  return best
}

/**
 * ln of the chance of counts at least as even where each payment falls on any payer alike: P(χ² ≤ index of dispersion), of
 * one degree of freedom less where they are odd, which is no smaller, and exact as a Poisson tail. 0: too few, or too uneven.
 */
function logUniformity(counts: readonly number[], { leastMean, most }: { leastMean: number; most: number }): number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
  const squares = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0)
  if (mean < leastMean || Math.sqrt(squares / counts.length) / mean > most) return 0
  return logPoissonTail(Math.floor((counts.length - 1) / 2), squares / mean / 2)
}
