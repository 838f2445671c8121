import { type EntityPairs, entityPairs } from '../clusters/entity-pairs.ts'
import { type PairPayments, pairPayments } from '../clusters/pair-payments.ts'
import { payloads } from '../features/payloads.ts'
import { logHypergeometricTail } from '../statistics/hypergeometric-tail.ts'
import { defineSignal } from './signal.ts'

export const payloadRepetition = defineSignal({
  id: 'payload-repetition',
  title: 'Payers of one payee ask the same over and over, each the same as the others',
  why: 'Customers ask what they need to know. A farm of wallets has one question for all of them.',
  status: 'experimental',
  family: 'F5',
  subject: 'cluster',
  requires: { pairs: entityPairs, payments: pairPayments, payloads },
  options: { leastPayments: 5, mainShare: 0.5 },
  statistic: {
    name: 'payers of one mind',
    definition:
      'Of the other payers whose main payload is that of the payer, how many pay mainly the same payee. A main payload is at least the main share of the payloads known of a payer with enough payments.',
  },
  nullModel: {
    name: 'payloads dealt anew',
    exchangeable:
      'Which payers have which main payload says nothing of whom they pay: of all others with enough payments those of one payload are a draw without replacement, a hypergeometric count. A template that is known to all is at home with every payee, and says nothing.',
    heldFixed: 'How many payers have each main payload, and whom each pays.',
  },
  falsePositives: [
    {
      id: 'shared-template',
      story:
        'Programs of strangers send one health check or benchmark that everybody knows, to services of their choice.',
      mitigation: 'They are spread over payees as all payers are.',
      staysOpen: false,
    },
    {
      id: 'popular-payee',
      story: 'Most payers of one template pay the service that most pay.',
      mitigation: 'The null knows how many pay it.',
      staysOpen: false,
    },
    {
      id: 'published-probe',
      story: 'A provider publishes a request by which customers watch its service, and many do.',
      mitigation: 'Which hash it is stands in the evidence; naming a wallet needs a second family.',
      staysOpen: true,
    },
  ],
  blindSpots: [
    'Requests with a number or date of their own, whose hashes differ.',
    'Networks that log no payload, or its hash with a nonce.',
    'A farm that spreads over services by popularity.',
  ],
  references: [
    {
      title:
        'Tumminello, Miccichè, Lillo, Piilo and Mantegna 2011, Statistically validated networks in bipartite complex systems',
      url: 'https://doi.org/10.1371/journal.pone.0017994',
    },
  ],
  measure({ pairs, payments, payloads }, { options }) {
    const payers = mainPayers(pairs, payments, payloads, options)
    const paying = count(payers, ({ payee }) => payee)
    const asking = count(payers, ({ payload }) => payload)
    const both = count(payers, ({ payee, payload }) => `${payee} ${payload}`)
    const tested = payers.filter(({ payload }) => payload !== -1 && asking.get(payload)! > 1)
    const others = tested.map(({ payee, payload }) => both.get(`${payee} ${payload}`)! - 1)
    return {
      tested: tested.length,
      findings: [],
      values: {
        role: 'payer',
        entity: Int32Array.from(tested, ({ payer }) => payer),
        statistic: Float64Array.from(others),
        pValue: Float64Array.from(tested, ({ payee, payload }, row) =>
          Math.exp(
            logHypergeometricTail(others[row]!, {
              population: payers.length - 1,
              marked: paying.get(payee)! - 1,
              drawn: asking.get(payload)! - 1,
            }),
          ),
        ),
        evidence(row) {
          const { payee, payload } = tested[row]!
          const alike = payers.filter((other) => other.payee === payee && other.payload === payload)
          return {
            payments: alike.flatMap(({ payer }) =>
              Array.from(usagesOf(pairs, payments, payer)).filter((usage) => payloads[usage] === payload),
            ),
            transfers: [],
          }
        },
      },
    }
  },
})

/** A payer with enough payments, whom it pays most, and what it asks most; −1: nothing mainly, or not known. */
type MainPayer = { readonly payer: number; readonly payee: number; readonly payload: number }

function mainPayers(
  pairs: EntityPairs,
  payments: PairPayments,
  payloads: Int32Array,
  { leastPayments, mainShare }: typeof payloadRepetition.options,
): MainPayer[] {
  const found: MainPayer[] = []
  for (let payer = 0; payer + 1 < pairs.offsets.length; payer += 1) {
    const known = Int32Array.from(usagesOf(pairs, payments, payer), (usage) => payloads[usage]!).filter(
      (one) => one !== -1,
    )
    if (known.length < leastPayments) continue
    const { value, times } = mode(known.sort())
    let most = pairs.offsets[payer]!
    for (let pair = most + 1; pair < pairs.offsets[payer + 1]!; pair += 1)
      if (pairs.payments[pair]! > pairs.payments[most]!) most = pair
    const payload = times >= mainShare * known.length && times > 1 ? value : -1
    found.push({ payer, payee: pairs.payee[most]!, payload })
  }
  return found
}

function usagesOf(pairs: EntityPairs, { offsets, usage }: PairPayments, payer: number): Int32Array {
  return usage.subarray(offsets[pairs.offsets[payer]!]!, offsets[pairs.offsets[payer + 1]!]!)
}

/** The value that stands most often in a rising row; of equals the least. */
function mode(sorted: Int32Array): { readonly value: number; readonly times: number } {
  let [value, times] = [-1, 0]
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    while (end < sorted.length && sorted[end] === sorted[start]) end += 1
    if (end - start > times) [value, times] = [sorted[start]!, end - start]
  }
  return { value, times }
}

function count<key>(payers: readonly MainPayer[], keyOf: (payer: MainPayer) => key): Map<key, number> {
  const counts = new Map<key, number>()
  for (const payer of payers) counts.set(keyOf(payer), (counts.get(keyOf(payer)) ?? 0) + 1)
  return counts
}
