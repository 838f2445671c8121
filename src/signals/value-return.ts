import { type ReturnFlows, returnFlows } from '../features/return-flows.ts'
import { matchReturns } from '../statistics/match-returns.ts'
import { defineSignal, type PaymentMark } from './signal.ts'

const DAY_MS = 86_400_000

/** A payment of a flow and what came back of it. */
export type FlowMark = { readonly flow: number; readonly mark: PaymentMark }

export const valueReturn = defineSignal({
  id: 'value-return',
  title: 'What was paid came back to the payer',
  why: 'A customer parts with money. Where the payee sends it back without a reason on chain, the payment moved a counter and no value.',
  status: 'stable',
  family: 'F2',
  subject: 'payment',
  requires: { flows: returnFlows },
  options: { windowDays: 30, returnShare: 0.9 },
  statistic: {
    name: 'matched return',
    definition:
      'Later transfers of the same asset from payee to payer, matched to payments first in, first out, each unit once, within the window. By value the matched amount counts, by count a payment of which at least the return share came back.',
  },
  nullModel: {
    name: 'certificate',
    exchangeable:
      'None needed: the transfer back is a fact. How often honest payees send money to their payers is measured by the contract test.',
    heldFixed: 'Settlements of usages and services by label are no returns.',
  },
  falsePositives: [
    {
      id: 'refund',
      story: 'The provider gives the money back for a job that failed, outside the protocol.',
      mitigation:
        'Refunds that the protocol logs settle their usage and are no returns; a refund by hand looks the same and stays open.',
      staysOpen: true,
    },
    {
      id: 'trading-both-ways',
      story: 'Two wallets are customers of each other, and one pays the other for a service of its own.',
      mitigation: 'A transfer that settles a usage is no return; payment for a service off the protocol stays open.',
      staysOpen: true,
    },
    {
      id: 'employer',
      story: 'An employee buys the service for the company that runs it and is paid back or paid wages.',
      mitigation: 'Only value up to what was paid is matched; linkage is true, its purpose is not known.',
      staysOpen: true,
    },
    {
      id: 'exchange',
      story: 'Payee and payer use one exchange, so money passes from one to the other through its wallets.',
      mitigation: 'Returns are direct transfers only, and labelled services are sinks.',
      staysOpen: false,
    },
    {
      id: 'automation',
      story: 'A program pays on a schedule, as cron jobs and agents do.',
      mitigation: 'Timing plays no part in this signal.',
      staysOpen: false,
    },
  ],
  blindSpots: [
    'Money that comes back through a third wallet, a contract or an exchange.',
    'Whether a wallet that nobody labels is an exchange: one that pays for a service and is cashed out to by its provider looks the same.',
    'A share kept back: what is missing is missed on the last payments, which by count then look unreturned.',
    'Money that comes back in another asset: such transfers are listed and not counted by value.',
    'Money that comes back after the window, or after the last transfer that the ledger covers.',
  ],
  references: [
    {
      title:
        'Victor and Weintraud 2021, Detecting and Quantifying Wash Trading on Decentralized Cryptocurrency Exchanges',
      url: 'https://arxiv.org/abs/2102.07001',
    },
  ],
  measure({ flows }, { options }) {
    const findings = flows.pairs.map(({ payer, payee }) => ({
      subjects: [payer, payee],
      payments: [] as PaymentMark[],
      transfers: [] as number[],
      pValue: null,
    }))
    for (let i = 0; i < flows.returnPair.length; i++)
      findings[flows.returnPair[i] as number]?.transfers.push(flows.returnTransfer[i] as number)
    for (const { flow, mark } of markPayments(flows, options.windowDays, options.returnShare))
      findings[flows.pairOfFlow[flow] as number]?.payments.push(mark)
    return { tested: flows.tested, findings }
  },
})

type Returned = { readonly paid: number; readonly returned: bigint; readonly returns: PaymentMark['returns'] }

/** What came back depends on the window alone, and several readers ask of the same flows with shares of their own. */
const known = new WeakMap<ReturnFlows, Map<number, readonly Returned[]>>()

/** Every payment of which something came back within the window, with what repaid it. */
export function markPayments(flows: ReturnFlows, windowDays: number, returnShare: number): FlowMark[] {
  const windows = known.get(flows) ?? new Map<number, readonly Returned[]>()
  known.set(flows, windows)
  const matched = windows.get(windowDays) ?? matchPayments(flows, windowDays)
  windows.set(windowDays, matched)
  // Shares are compared in whole thousandths, so that no amount passes through a float.
  const thousandths = BigInt(Math.round(returnShare * 1000))
  return matched.map(({ paid, returned, returns }) => ({
    flow: flows.flow[paid] as number,
    mark: {
      usage: flows.index[paid] as number,
      level: returned * 1000n >= flows.amount(paid) * thousandths ? 'W1' : 'none',
      returned,
      returns,
    },
  }))
}

function matchPayments(flows: ReturnFlows, windowDays: number): readonly Returned[] {
  const found = new Map<number, { paid: number; returned: bigint; returns: { transfer: number; amount: bigint }[] }>()
  for (const { paid, returned, amount } of matchReturns(flows, BigInt(Math.round(windowDays * DAY_MS)))) {
    const payment = found.get(paid) ?? { paid, returned: 0n, returns: [] }
    payment.returned += amount
    payment.returns.push({ transfer: flows.index[returned] as number, amount })
    found.set(paid, payment)
  }
  return [...found.values()]
}
