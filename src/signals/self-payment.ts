import { selfPayments } from '../features/counted-usage.ts'
import { defineSignal, type PaymentMark } from './signal.ts'

export const selfPayment = defineSignal({
  id: 'self-payment',
  title: 'The payer of a usage is its payee',
  why: 'A market needs two sides. Where one wallet, or one owner of both, pays itself, the payment shows no demand by anybody else.',
  status: 'stable',
  family: 'F1',
  subject: 'payment',
  requires: { self: selfPayments },
  options: {},
  statistic: {
    name: 'self-payment',
    definition:
      'Counted usages whose effective payer equals the effective payee, whose consumer equals the provider, or whose parties have one owner on chain at that block.',
  },
  nullModel: {
    name: 'certificate',
    exchangeable: 'None needed: the equality is a fact about the payment, not an inference.',
    heldFixed: 'Parties as the events name them, never the sender of the transaction.',
  },
  falsePositives: [
    {
      id: 'settlement-contract',
      story:
        'A contract that serves many people stands on both sides, because the event names the contract and not them.',
      mitigation: 'Adapters resolve the effective parties; a file import takes them as the file says.',
      staysOpen: true,
    },
    {
      id: 'self-test',
      story: 'A provider tries its own service with a small payment before it opens.',
      mitigation: 'Usage that the operators disclose as a test has the class operator-test; others stay listed.',
      staysOpen: true,
    },
    {
      id: 'shared-account',
      story: 'One custodial account holds the balances of a customer and of a provider who do not know each other.',
      mitigation: 'The payment is listed as a fact; naming its wallet needs a second family of evidence.',
      staysOpen: true,
    },
  ],
  blindSpots: ['Two wallets of one person without an on-chain owner: see value-return and the ownership signals.'],
  references: [
    {
      title:
        'Victor and Weintraud 2021, Detecting and Quantifying Wash Trading on Decentralized Cryptocurrency Exchanges',
      url: 'https://arxiv.org/abs/2102.07001',
    },
  ],
  measure({ self }) {
    const payments = self.wallets.map((): PaymentMark[] => [])
    for (let i = 0; i < self.usage.length; i++)
      payments[self.wallet[i] as number]?.push({
        usage: self.usage[i] as number,
        level: 'W0',
        returned: 0n,
        returns: [],
      })
    return {
      tested: self.size,
      findings: self.wallets.map((wallet, i) => ({
        subjects: [wallet],
        payments: payments[i] ?? [],
        transfers: [],
        pValue: null,
      })),
    }
  },
})
