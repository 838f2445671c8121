import { type EntityPairs, entityPairs } from '../clusters/entity-pairs.ts'
import { pairPayments } from '../clusters/pair-payments.ts'
import { actsOf, type PayerActs } from '../clusters/payer-acts.ts'
import { payerMatches } from '../clusters/payer-matches.ts'
import { visitSharing } from '../graph/shared-elements.ts'
import { logPoissonBinomialTail } from '../statistics/poisson-binomial-tail.ts'
import { defineSignal } from './signal.ts'

const HOUR_MS = 3_600_000

export const lockstep = defineSignal({
  id: 'lockstep',
  title: 'Payers pay the same payees within the same hours',
  why: 'Customers act at hours of their own. Wallets that one program or one person works through meet at the same payee again and again.',
  status: 'experimental',
  family: 'F3',
  subject: 'cluster',
  requires: { pairs: entityPairs, payments: pairPayments },
  options: { binHours: 1, leastMet: 3, mostPayers: 20, priorActs: 2, priorOthers: 8, lagHours: 168, lagShare: 0.5 },
  statistic: {
    name: 'least likely match',
    definition:
      '−log10 of the p-value of the payer’s least likely match with another payer: on how many days both paid one payee within one hour. Hours in which more than the most payers paid one payee bring up no match, nor does a match that recurs at another lag: two schedules.',
  },
  nullModel: {
    name: 'hours of a day drawn anew',
    exchangeable:
      'On a day on which a payer pays a payee, the hour falls by the hours that the payer keeps and by when others pay that payee on that day: matches are Poisson-binomial over the days on which both paid. The least chance is multiplied by the number of payers with whom a match was possible (Bonferroni).',
    heldFixed: 'Who pays whom on which days and how often, the hours that each keeps, and the crowd of each day.',
  },
  falsePositives: [
    {
      id: 'event-spike',
      story: 'Strangers try a new model within an hour of its release.',
      mitigation: 'When others pay that payee on that day is held fixed, and one day is one match.',
      staysOpen: false,
    },
    {
      id: 'same-schedule',
      story: 'Programs of strangers ask one service at the full hour, or every few hours.',
      mitigation: 'The hours that each keeps are held fixed; a match that recurs at another lag is two schedules.',
      staysOpen: false,
    },
    {
      id: 'team',
      story: 'People of one office share tools and meetings, and so their hours on the same days.',
      mitigation: 'They act together and are not one: naming a wallet needs a second family of evidence.',
      staysOpen: true,
    },
  ],
  blindSpots: [
    'Wallets that take turns at a distance of hours.',
    'Wallets that pay at random times, or different payees.',
  ],
  references: [
    {
      title: 'Cao, Yang, Yu and Palow 2014, Uncovering Large Groups of Active Malicious Accounts (SynchroTrap)',
      url: 'https://doi.org/10.1145/2660267.2660269',
    },
    {
      title: 'Amarasingham, Harrison, Hatsopoulos and Geman 2012, Conditional modeling and the jitter method',
      url: 'https://doi.org/10.1152/jn.00633.2011',
    },
  ],
  measure({ pairs, payments }, { options }) {
    const { binHours, leastMet } = options
    const acts = actsOf(pairs, payments, binHours * HOUR_MS)
    const partners = possiblePartners(pairs, acts, 24 / binHours, leastMet)
    const best = bestMatches(pairs, acts, partners, options)
    const tested = Int32Array.from(partners.keys()).filter((payer) => partners[payer]! > 0)
    const logPValue = Float64Array.from(tested, (payer) => best.logChance[payer]! + Math.log(partners[payer]!))
    return {
      tested: tested.length,
      findings: [],
      values: {
        role: 'payer',
        entity: tested,
        statistic: logPValue.map((log) => -log / Math.LN10),
        pValue: logPValue.map(Math.exp),
        evidence: (row) => ({
          payments: sharedPayments(tested[row]!, best.partner[tested[row]!]!),
          transfers: [],
        }),
      },
    }

    /** Payments of both in the cells in which they met. */
    function sharedPayments(payer: number, partner: number): number[] {
      if (partner === -1) return []
      const [mine, theirs] = [payer, partner].map(
        (one) => new Set(acts.cellOf.subarray(...actsOfPayer(pairs, acts, one))),
      ) as [Set<number>, Set<number>]
      return [payer, partner].flatMap((one) => {
        const [first, last] = actsOfPayer(pairs, acts, one)
        const isShared = (act: number) => mine.has(acts.cellOf[act]!) && theirs.has(acts.cellOf[act]!)
        const shared = new Set(Array.from({ length: last - first }, (_, i) => first + i).filter(isShared))
        const [start, end] = [payments.offsets[pairs.offsets[one]!]!, payments.offsets[pairs.offsets[one + 1]!]!]
        return [...payments.usage.subarray(start, end)].filter((_, i) => shared.has(acts.actOf[start + i]!))
      })
    }
  },
})

/** The first act of a payer, and that after its last. */
function actsOfPayer(pairs: EntityPairs, { offsets }: PayerActs, payer: number): [number, number] {
  return [offsets[pairs.offsets[payer]!]!, offsets[pairs.offsets[payer + 1]!]!]
}

/**
 * With how many others a payer could match, at most: payers with enough acts who share a payee, counted once a shared payee;
 * and, as days are held fixed, no more than have a part in enough of its days.
 */
function possiblePartners(pairs: EntityPairs, acts: PayerActs, binsADay: number, leastMet: number): Int32Array {
  const count = pairs.offsets.length - 1
  const ableAt = new Int32Array(count)
  const isAble = Uint8Array.from({ length: count }, (_, payer) => {
    const [start, end] = actsOfPayer(pairs, acts, payer)
    return Number(end - start >= leastMet)
  })
  for (let pair = 0; pair < pairs.payer.length; pair += 1)
    if (isAble[pairs.payer[pair]!] === 1) ableAt[pairs.payee[pair]!]!++
  const beside = actsBeside(acts, binsADay)
  const able = isAble.reduce((sum, one) => sum + one, 0)
  return Int32Array.from({ length: count }, (_, payer) => {
    if (isAble[payer] === 0) return 0
    let [sharing, meeting] = [0, 0]
    for (let pair = pairs.offsets[payer]!; pair < pairs.offsets[payer + 1]!; pair += 1) {
      sharing += ableAt[pairs.payee[pair]!]! - 1
      meeting += beside[pair]!
    }
    return Math.min(able - 1, sharing, Math.floor(meeting / leastMet))
  })
}

/** Acts of others on the days on which a pair has one, by pair. */
function actsBeside({ offsets, bin, cellOf, cells }: PayerActs, binsADay: number): Float64Array {
  const dayOf = (one: number) => Math.floor(one / binsADay)
  // Acts of the payee on the day of a cell, told by its last cell of that day.
  const onDay = new Float64Array(cells.bin.length)
  for (let cell = 0, first = 0; cell < cells.bin.length; cell += 1) {
    const isSame = cells.payee[first] === cells.payee[cell] && dayOf(cells.bin[first]!) === dayOf(cells.bin[cell]!)
    if (!isSame) first = cell
    for (let other = first; other <= cell; other += 1) onDay[other] = cells.offsets[cell + 1]! - cells.offsets[first]!
  }
  const beside = new Float64Array(offsets.length - 1)
  for (let pair = 0; pair < beside.length; pair += 1)
    for (let act = offsets[pair]!; act < offsets[pair + 1]!; act += 1) {
      const isFirst = act === offsets[pair] || dayOf(bin[act - 1]!) !== dayOf(bin[act]!)
      beside[pair]! += (isFirst ? onDay[cellOf[act]!]! : 0) - 1
    }
  return beside
}

type Best = { readonly logChance: Float64Array; readonly partner: Int32Array }

/** The least likely match of each payer, among those that met often enough in hours without a crowd. */
function bestMatches(
  pairs: EntityPairs,
  acts: PayerActs,
  partners: Int32Array,
  options: typeof lockstep.options,
): Best {
  const { binHours, leastMet, mostPayers, priorActs, priorOthers, lagHours, lagShare } = options
  const { matchOf, lagsOf } = payerMatches(pairs, acts, { binsADay: 24 / binHours, priorActs, priorOthers })
  const best = {
    // A match that is likelier says nothing: its p-value is 1.
    logChance: Float64Array.from(partners, (possible) => -Math.log(possible)),
    partner: new Int32Array(partners.length).fill(-1),
  }
  const keep = (payer: number, partner: number, logChance: number) => {
    if (logChance >= best.logChance[payer]!) return
    best.logChance[payer] = logChance
    best.partner[payer] = partner
  }
  const most = Math.round(lagHours / binHours)
  const recurs = (a: number, b: number) => {
    const lags = lagsOf(a, b, most)
    // A match may spill over into the next hour.
    return lags.some((count, lag) => Math.abs(lag - most) > 1 && count >= lagShare * lags[most]!)
  }
  const ofPayers = { offsets: pairs.offsets.map((pair) => acts.offsets[pair]!), elements: acts.cellOf }
  const sharing = { elements: acts.cells.bin.length, least: leastMet, most: mostPayers }
  visitSharing(ofPayers, sharing, (payer, other) => {
    const { met, chances } = matchOf(payer, other)
    const logChance = logPoissonBinomialTail(met, chances)
    if (logChance >= best.logChance[payer]! && logChance >= best.logChance[other]!) return
    if (recurs(payer, other)) return
    keep(payer, other, logChance)
    keep(other, payer, logChance)
  })
  return best
}
