import { type ClosedLoops, closedLoops, loopMoves } from '../features/closed-loops.ts'
import { returnFlows } from '../features/return-flows.ts'
import { BACK, coverPayments, GRANT, PAYMENT as PAID } from '../statistics/cover-payments.ts'
import { matchReturns } from '../statistics/match-returns.ts'
import { defineSignal, type PaymentMark } from './signal.ts'
import { type FlowMark, markPayments, valueReturn } from './value-return.ts'

const DAY_MS = 86_400_000
const { return: RETURN, payment: PAYMENT } = loopMoves

/** A payment of a loop, what came back of it over private wallets, and over which transfers. */
export type LoopMark = { readonly loop: number; readonly mark: PaymentMark; readonly transfers: readonly number[] }

export const closedLoop = defineSignal({
  id: 'closed-loop',
  title: 'What was paid came back over wallets that serve nobody else',
  why: 'Whoever pays itself through one more wallet parts with no more money than one who sends it straight back.',
  status: 'experimental',
  family: 'F2',
  subject: 'payment',
  requires: { loops: closedLoops, flows: returnFlows },
  options: { ...valueReturn.options },
  statistic: {
    name: 'value returned over private wallets',
    definition:
      'A wallet is private to a payee where at least .9 of what leaves it in an asset goes to the payee, to payers that spend most on it or to other such wallets, at most three in a row, and at least .9 of what parties of the market send it comes from them. A payment counts as far as its payer was granted money by private wallets that the payee feeds, before or within the window, and as far as the payee later sent as much to private wallets that feed its payers, first in, first out, within the window; each unit of a grant and of a return once, and none that a direct return matched.',
  },
  nullModel: {
    name: 'certificate',
    exchangeable:
      'None needed: that money went round among wallets which serve nobody else is a fact. How often honest payees do the same is measured by the contract test.',
    heldFixed: 'Settlements of usages are no returns; services by label are private to nobody.',
  },
  falsePositives: [
    {
      id: 'refund',
      story: 'A provider gives customers who buy from nobody else their money back through a wallet for that.',
      mitigation: 'Refunds that the protocol logs settle their usage and are no returns; a refund by hand stays open.',
      staysOpen: true,
    },
    {
      id: 'employer',
      story: 'A company funds its staff from the till of its own service, and they buy nothing but that service.',
      mitigation: 'Only as much counts as the staff was granted and as came back later.',
      staysOpen: true,
    },
    {
      id: 'own-desk',
      story:
        'In what the ledger covers, an exchange that nobody labelled serves one payee and its customers, as in a ledger of a single provider.',
      mitigation: 'Where most payers have one payee, a wallet with more than fifty neighbours is private to nobody.',
      staysOpen: true,
    },
    {
      id: 'exchange',
      story: 'Payee and payers use one exchange, so money passes from one to the others through its wallets.',
      mitigation: 'An exchange serves payers of many payees, so it is private to none.',
      staysOpen: false,
    },
    {
      id: 'trading-both-ways',
      story: 'Agents and providers are customers of each other, in a circle or two by two.',
      mitigation: 'A payment is no return and no grant.',
      staysOpen: false,
    },
    {
      id: 'launch-tester',
      story: 'A provider gives testers a little money with which they try its service.',
      mitigation: 'A grant by the payee itself is none: value must come back after the payment.',
      staysOpen: false,
    },
  ],
  blindSpots: [
    'Money that comes back through an exchange, a bridge, another asset, or more than three wallets.',
    'Wallets between that serve several payees of one person, or somebody else by more than a tenth.',
    'Payers that spend most of their money elsewhere.',
    'Money that comes back after the window.',
  ],
  references: [
    {
      title:
        'Victor and Weintraud 2021, Detecting and Quantifying Wash Trading on Decentralized Cryptocurrency Exchanges',
      url: 'https://doi.org/10.1145/3442381.3449824',
    },
    {
      title: 'Boyer and Moore 1991, MJRTY: A Fast Majority Vote Algorithm',
      url: 'https://doi.org/10.1007/978-94-011-3488-0_5',
    },
  ],
  measure({ loops, flows }, { options }) {
    const { windowDays, returnShare } = options
    const direct = markPayments(flows, windowDays, returnShare)
    const marks = loops.loops.map((): LoopMark[] => [])
    for (const mark of markLoops(matchLoops(loops, direct, windowDays), returnShare)) marks[mark.loop]!.push(mark)
    const found = [...marks.keys()].filter((loop) => marks[loop]!.length > 0)
    return {
      tested: flows.tested,
      findings: found.map((loop) => ({
        subjects: [loops.loops[loop]!.payee, ...loops.loops[loop]!.between],
        payments: marks[loop]!.map(({ mark }) => mark),
        transfers: [],
        pValue: null,
        tested: {
          ...{ statistic: marks[loop]!.length, qValue: 0 },
          shown: [...new Set(marks[loop]!.flatMap(({ transfers }) => transfers))],
        },
      })),
    }
  },
})

/** What came back of one payment: over private wallets, and directly. */
type LoopMatch = {
  readonly loop: number
  readonly usage: number
  readonly amount: bigint
  readonly direct: PaymentMark | undefined
  returned: bigint
  readonly transfers: number[]
}

/** What came back over private wallets within the window; what came back directly is given, and counts once. */
export function matchLoops(loops: ClosedLoops, direct: readonly FlowMark[], windowDays: number): LoopMatch[] {
  const windowMs = BigInt(Math.round(windowDays * DAY_MS))
  const { markOf, usedOf } = totals(direct)
  const left = (row: number) => {
    if (loops.kind[row] === PAYMENT) return most0(loops.amount(row) - (markOf.get(loops.index[row]!)?.returned ?? 0n))
    return loops.amount(row) - (usedOf.get(loops.direct[row]!) ?? 0n)
  }
  const covered = coverLoops(loops, left, windowMs)
  const rows = Int32Array.from(loops.kind.keys()).filter((row) => loops.kind[row] === RETURN || covered[row]! > 0n)
  const moves = {
    flow: rows.map((row) => loops.loop[row]!),
    isReturn: rows.map((row) => Number(loops.kind[row] === RETURN)),
    time: BigInt64Array.from(rows, (row) => loops.time[row]!),
    amount: (at: number) => (loops.kind[rows[at]!] === RETURN ? left(rows[at]!) : covered[rows[at]!]!),
  }
  const found = new Map<number, LoopMatch>()
  for (const { paid, returned, amount } of matchReturns(moves, windowMs)) {
    const row = rows[paid]!
    const usage = loops.index[row]!
    const fresh = () => ({ loop: loops.loop[row]!, usage, amount: loops.amount(row), direct: markOf.get(usage) })
    const match = found.get(row) ?? { ...fresh(), returned: 0n, transfers: [] }
    found.set(row, match)
    match.returned += amount
    match.transfers.push(loops.index[rows[returned]!]!)
  }
  return [...found.values()]
}

/** The rung of each payment, at the share that must have come back of it on either way. */
export function markLoops(matches: readonly LoopMatch[], returnShare: number): LoopMark[] {
  const thousandths = BigInt(Math.round(returnShare * 1000))
  return matches.map(({ loop, usage, amount, direct, returned, transfers }) => {
    const isWhole = (all: bigint) => all * 1000n >= amount * thousandths
    const before = direct?.returned ?? 0n
    // A payment that came back directly has its rung from there.
    const level = isWhole(before + returned) && !isWhole(before) ? 'W1' : 'none'
    return { loop, mark: { usage, level, returned, returns: [] }, transfers }
  })
}

function totals(direct: readonly FlowMark[]) {
  const markOf = new Map<number, PaymentMark>()
  const usedOf = new Map<number, bigint>()
  for (const { mark } of direct) {
    markOf.set(mark.usage, mark)
    for (const { transfer, amount } of mark.returns) usedOf.set(transfer, (usedOf.get(transfer) ?? 0n) + amount)
  }
  return { markOf, usedOf }
}

/** How much of each payment private wallets granted; 0 for all other rows. */
function coverLoops({ kind, payer, time }: ClosedLoops, left: (row: number) => bigint, windowMs: bigint): bigint[] {
  const rows = Int32Array.from(kind.keys()).filter((row) => kind[row] !== RETURN)
  const kinds = { [loopMoves.grant]: GRANT, [loopMoves.back]: BACK, [PAYMENT]: PAID }
  const account = {
    kind: Uint8Array.from(rows, (row) => kinds[kind[row] as keyof typeof kinds]),
    payer: rows.map((row) => payer[row]!),
    time: BigInt64Array.from(rows, (row) => time[row]!),
    amount: (at: number) => left(rows[at]!),
  }
  const all = new Array<bigint>(kind.length).fill(0n)
  coverPayments(account, windowMs).forEach((covered, at) => {
    all[rows[at]!] = covered
  })
  return all
}

const most0 = (amount: bigint): bigint => (amount > 0n ? amount : 0n)
