import { type EntityPairs, entityPairs, pairsOfPayer, usagesOf } from '../clusters/entity-pairs.ts'
import { logPoissonBinomialTail } from '../statistics/poisson-binomial-tail.ts'
import { defineSignal } from './signal.ts'

export const breadthWithoutDepth = defineSignal({
  id: 'breadth-without-depth',
  title: 'A payer tries very many services and stays with none',
  why: 'Where breadth is counted, a wallet that touches every service once moves the counter. Customers come back to what they need.',
  status: 'experimental',
  family: 'F5',
  subject: 'cluster',
  requires: { pairs: entityPairs },
  options: { leastPayments: 5 },
  statistic: {
    name: 'payees above expectation',
    definition:
      'Distinct payees of a payer with enough payments, less those expected of as many choices by popularity (rarefaction).',
  },
  nullModel: {
    name: 'choices by popularity',
    exchangeable:
      'Every payment is a new choice among payees in proportion to how many payers each has. The number of distinct payees is at most as far out as a Poisson-binomial one, as payees take choices from each other. Customers who come back have fewer.',
    heldFixed: 'How often the payer pays, and how many payers each payee has.',
  },
  falsePositives: [
    {
      id: 'gateway',
      story: 'A gateway passes on the requests of its customers to whomever they ask for.',
      mitigation: 'Choices of many people follow popularity, as the null has them.',
      staysOpen: false,
    },
    {
      id: 'employer',
      story: 'The staff of a company buys now here, now there.',
      mitigation: 'New choices by popularity are the null itself.',
      staysOpen: false,
    },
    {
      id: 'airdrop-hunter',
      story: 'A person tries every service while breadth is rewarded, and has one in use for its own work.',
      mitigation: 'It is usage for the counter and nobody’s wash: counted apart, as a context of other findings.',
      staysOpen: true,
    },
    {
      id: 'reviewer',
      story: 'Somebody compares all services of a market, and publishes a list.',
      mitigation: 'The breadth is true; naming a wallet needs a second family of evidence.',
      staysOpen: true,
    },
  ],
  blindSpots: ['Wallets that try a few services each.', 'Breadth that is worked up over many payments.'],
  references: [
    {
      title: 'Hurlbert 1971, The nonconcept of species diversity: a critique and alternative parameters',
      url: 'https://doi.org/10.2307/1934145',
    },
  ],
  measure({ pairs }, { options }) {
    const expect = rarefaction(pairs)
    const breadths = Array.from({ length: pairs.offsets.length - 1 }, (_, payer) => breadthOf(pairs, payer)).filter(
      ({ paid }) => paid >= options.leastPayments,
    )
    return {
      tested: breadths.length,
      findings: [],
      values: {
        role: 'payer',
        entity: Int32Array.from(breadths, ({ payer }) => payer),
        statistic: Float64Array.from(breadths, ({ paid, payees }) => payees - expect(paid).mean),
        pValue: Float64Array.from(breadths, ({ paid, payees }) => expect(paid).pValue(payees)),
        evidence: (row) => ({
          payments: usagesOf(pairs, pairsOfPayer(pairs, breadths[row]!.payer)),
          transfers: [],
        }),
      },
    }
  },
})

function breadthOf({ offsets, payments }: EntityPairs, payer: number) {
  const mine = payments.subarray(offsets[payer], offsets[payer + 1])
  return { payer, payees: mine.length, paid: mine.reduce((sum, count) => sum + count, 0) }
}

type Expected = { readonly mean: number; pValue(payees: number): number }

/** Distinct payees of so many choices by popularity: how many to expect, and the chance of so many or more. */
function rarefaction(pairs: EntityPairs) {
  const popularity = new Float64Array(pairs.offsets.length - 1)
  for (const payee of pairs.payee) popularity[payee]! += 1 / pairs.payee.length
  const shares = popularity.filter((share) => share > 0)
  const found = new Map<number, Expected>()
  return (paid: number): Expected => {
    const known = found.get(paid)
    if (known !== undefined) return known
    const met = shares.map((share) => -Math.expm1(paid * Math.log1p(-share)))
    const mean = met.reduce((sum, chance) => sum + chance, 0)
    const pValues = new Map<number, number>()
    const pValue = (payees: number) => {
      const p = pValues.get(payees) ?? Math.exp(logPoissonBinomialTail(payees, met))
      pValues.set(payees, p)
      return p
    }
    const expected = { mean, pValue }
    found.set(paid, expected)
    return expected
  }
}
