import { type EntityPairs, entityPairs } from '../clusters/entity-pairs.ts'
import { pairPayments } from '../clusters/pair-payments.ts'
import { gramsOfSequences, longestCommonRun, type PayeeSequences, payeeSequences } from '../clusters/payee-sequences.ts'
import { visitSharing } from '../graph/shared-elements.ts'
import { defineSignal } from './signal.ts'

export const sameSequence = defineSignal({
  id: 'same-sequence',
  title: 'Payers go through the same payees in the same order',
  why: 'Customers come to services by ways of their own. Wallets that one script works through go by the script.',
  status: 'experimental',
  family: 'F3',
  subject: 'cluster',
  requires: { pairs: entityPairs, payments: pairPayments },
  options: { skip: 5, longest: 500, gram: 4, leastGrams: 2, mostPayers: 20, priorSteps: 1 },
  statistic: {
    name: 'longest common run',
    definition:
      '−log10 of the p-value of the longest run of payees that the payer has in common with another payer, repeats of one payee taken once, without the first steps of either. Runs are looked for among payers that share enough rare grams; a gram of more than the most payers is common knowledge.',
  },
  nullModel: {
    name: 'two Markov chains',
    exchangeable:
      'Each payer goes from payee to payee by its own habits, and two payers by habits alone: the chance of a common run of some length is at most how many to expect: places where it may begin, times the chance that both go through the same payees (cf. Karlin and Altschul 1990). Times the number of payers compared (Bonferroni).',
    heldFixed: 'Which payees each payer uses, how often, and which of them it uses after which.',
  },
  falsePositives: [
    {
      id: 'onboarding',
      story: 'A wallet app leads every newcomer through the same first steps.',
      mitigation: 'First steps are left out, and what many payers do brings no two together.',
      staysOpen: false,
    },
    {
      id: 'pipeline',
      story: 'Programs of strangers ask the same few services one after the other, run by run.',
      mitigation: 'Which payee follows which is held fixed, so that a routine repeated makes a long run likely.',
      staysOpen: false,
    },
    {
      id: 'guide',
      story: 'People follow one guide through many services, a campaign or an airdrop, step by step.',
      mitigation: 'They do the same and are not one: naming a wallet needs a second family of evidence.',
      staysOpen: true,
    },
  ],
  blindSpots: ['Wallets that use one payee.', 'Scripts that shuffle their steps for each wallet.'],
  references: [
    {
      title:
        'Karlin and Altschul 1990, Methods for assessing the statistical significance of molecular sequence features by using general scoring schemes',
      url: 'https://doi.org/10.1073/pnas.87.6.2264',
    },
  ],
  measure({ pairs, payments }, { options }) {
    const sequences = payeeSequences(pairs, payments, options)
    const best = longestRuns(pairs, sequences, options)
    const tested = Int32Array.from(best.partner.keys()).filter((payer) => lengthOf(sequences, payer) >= options.gram)
    const logPValue = Float64Array.from(tested, (payer) =>
      Math.min(0, best.logChance[payer]! + Math.log(Math.max(1, tested.length - 1))),
    )
    return {
      tested: tested.length,
      findings: [],
      values: {
        role: 'payer',
        entity: tested,
        statistic: logPValue.map((log) => -log / Math.LN10),
        pValue: logPValue.map(Math.exp),
        evidence: (row) => ({ payments: sharedPayments(tested[row]!, best.partner[tested[row]!]!), transfers: [] }),
      },
    }

    /** Payments of both to the payees of their common run. */
    function sharedPayments(payer: number, partner: number): number[] {
      if (partner === -1) return []
      const mine = sequenceOf(sequences, payer)
      const { length, endA } = longestCommonRun(mine, sequenceOf(sequences, partner))
      const run = new Set(mine.subarray(endA - length, endA))
      return [payer, partner].flatMap((one) =>
        Array.from({ length: pairs.offsets[one + 1]! - pairs.offsets[one]! }, (_, i) => pairs.offsets[one]! + i)
          .filter((pair) => run.has(pairs.payee[pair]!))
          .flatMap((pair) => [...payments.usage.subarray(payments.offsets[pair], payments.offsets[pair + 1])]),
      )
    }
  },
})

const sequenceOf = ({ offsets, elements }: PayeeSequences, payer: number) =>
  elements.subarray(offsets[payer], offsets[payer + 1])
const lengthOf = ({ offsets }: PayeeSequences, payer: number) => offsets[payer + 1]! - offsets[payer]!

type Best = { readonly logChance: Float64Array; readonly partner: Int32Array }

function longestRuns(pairs: EntityPairs, sequences: PayeeSequences, options: typeof sameSequence.options): Best {
  const count = pairs.offsets.length - 1
  const best = { logChance: new Float64Array(count), partner: new Int32Array(count).fill(-1) }
  const { sets, size } = gramsOfSequences(sequences, options.gram)
  const sharing = { elements: size, least: options.leastGrams, most: options.mostPayers }
  visitSharing(sets, sharing, (payer, other) => {
    const [a, b] = [sequenceOf(sequences, payer), sequenceOf(sequences, other)]
    const logChance = logRunChance(a, b, longestCommonRun(a, b).length, options.priorSteps)
    for (const [one, two] of [
      [payer, other],
      [other, payer],
    ] as const)
      if (logChance < best.logChance[one]!) [best.logChance[one], best.partner[one]] = [logChance, two]
  })
  return best
}

/** ln of a bound on the chance that two payers of such habits have so long a run in common: how many to expect. */
function logRunChance(a: Int32Array, b: Int32Array, length: number, priorSteps: number): number {
  const [habitA, habitB] = [habitOf(a, priorSteps), habitOf(b, priorSteps)]
  const shared = [...habitA.shares.keys()].filter((payee) => habitB.shares.has(payee))
  const same = shared.map((payee) => shared.map((next) => habitA.chance(payee, next) * habitB.chance(payee, next)))
  let going = shared.map((payee) => habitA.shares.get(payee)! * habitB.shares.get(payee)!)
  for (let step = 1; step < length; step += 1)
    going = shared.map((_, next) => going.reduce((sum, chance, i) => sum + chance * same[i]![next]!, 0))
  return Math.min(0, Math.log(a.length * b.length * going.reduce((sum, chance) => sum + chance, 0)))
}

/** Shares of payees in a sequence, and the chance of the next payee: after it was seen to come, drawn to the shares. */
function habitOf(sequence: Int32Array, priorSteps: number) {
  const shares = new Map<number, number>()
  const steps = new Map<number, Map<number, number>>()
  const times = new Map<number, number>()
  sequence.forEach((payee, i) => {
    shares.set(payee, (shares.get(payee) ?? 0) + 1 / sequence.length)
    if (i + 1 === sequence.length) return
    times.set(payee, (times.get(payee) ?? 0) + 1)
    const after = steps.get(payee) ?? new Map<number, number>()
    steps.set(payee, after)
    after.set(sequence[i + 1]!, (after.get(sequence[i + 1]!) ?? 0) + 1)
  })
  const chance = (payee: number, next: number) => {
    if (payee === next) return 0
    const usual = shares.get(next)! / Math.max(1e-9, 1 - shares.get(payee)!)
    return ((steps.get(payee)?.get(next) ?? 0) + priorSteps * usual) / ((times.get(payee) ?? 0) + priorSteps)
  }
  return { shares, chance }
}
