import { type EntityPairs, entityPairs } from '../clusters/entity-pairs.ts'
import { type PairPayments, pairPayments } from '../clusters/pair-payments.ts'
import { groupMembers } from '../graph/partition.ts'
import { circularShift } from '../statistics/circular-shift.ts'
import { logRunsTail } from '../statistics/runs-tail.ts'
import { defineSignal } from './signal.ts'

export const turnTaking = defineSignal({
  id: 'turn-taking',
  title: 'Payers of a payee take turns',
  why: 'A program that goes through a list of wallets lets each pay once before any pays again. Customers do not wait for each other.',
  status: 'experimental',
  family: 'F3',
  subject: 'cluster',
  requires: { pairs: entityPairs, payments: pairPayments },
  options: { leastPayments: 8, neighbours: 10, turns: 19, turnShare: 0.85 },
  statistic: {
    name: 'turns',
    definition:
      '−log10 of the p-value of the payer’s best match: the number of runs in the order of its payments and those of another payer of the same payee, without the first of each. Payers are compared with those next to them by number of payments and first payment. A match that comes back when one’s times are turned round their window says nothing: two schedules.',
  },
  nullModel: {
    name: 'payments in random order',
    exchangeable:
      'Whose of both payments comes next is random, given how many are left of each: the runs of Wald and Wolfowitz 1940. The least p-value is multiplied by the number of payers compared (Bonferroni). Sessions, and customers who come and go, make fewer runs.',
    heldFixed: 'How often each payer pays the payee; for the comparison with turned times, the gaps of each.',
  },
  falsePositives: [
    {
      id: 'same-schedule',
      story: 'Two programs, or two people of strict habits, pay one service once a day each.',
      mitigation:
        'They would take turns at any other hour too, so that a turn of the times round the window tells them.',
      staysOpen: false,
    },
    {
      id: 'sessions',
      story: 'Customers of one service come on days of their own, several requests at a time.',
      mitigation: 'Requests in a row make fewer runs than a random order, never more.',
      staysOpen: false,
    },
    {
      id: 'load-balancer',
      story: 'One honest customer spreads its requests evenly over wallets of its own.',
      mitigation: 'They are one entity, and its demand may be real: naming it needs a second family of evidence.',
      staysOpen: true,
    },
  ],
  blindSpots: [
    'Wallets drawn at random for each payment.',
    'Wallets that take turns on a strict beat: that is what schedules do.',
    'Wallets with few payments each.',
  ],
  references: [
    {
      title: 'Wald and Wolfowitz 1940, On a test whether two samples are from the same population',
      url: 'https://doi.org/10.1214/aoms/1177731909',
    },
  ],
  measure({ pairs, payments }, { options }) {
    const best = bestTurns(pairs, payments, options)
    const tested = Int32Array.from(best.compared.keys()).filter((payer) => best.compared[payer]! > 0)
    const logPValue = Float64Array.from(tested, (payer) =>
      Math.min(0, best.logChance[payer]! + Math.log(best.compared[payer]!)),
    )
    return {
      tested: tested.length,
      findings: [],
      values: {
        role: 'payer',
        entity: tested,
        statistic: logPValue.map((log) => -log / Math.LN10),
        pValue: logPValue.map(Math.exp),
        evidence: (row) => ({
          payments: [best.own[tested[row]!]!, best.other[tested[row]!]!].flatMap((pair) =>
            pair === -1 ? [] : [...payments.usage.subarray(payments.offsets[pair], payments.offsets[pair + 1])],
          ),
          transfers: [],
        }),
      },
    }
  },
})

type Best = {
  /** ln of the chance of the least likely match of each payer. */
  readonly logChance: Float64Array
  /** With how many others a payer was compared, once a shared payee. */
  readonly compared: Int32Array
  /** Pairs (payer, payee) of the match; −1: none. */
  readonly own: Int32Array
  readonly other: Int32Array
}

/** O(payments × neighbours). */
function bestTurns(pairs: EntityPairs, payments: PairPayments, options: typeof turnTaking.options): Best {
  const { leastPayments, neighbours } = options
  const { payer } = pairs
  const count = pairs.offsets.length - 1
  const best = {
    ...{ logChance: new Float64Array(count), compared: new Int32Array(count) },
    ...{ own: new Int32Array(count).fill(-1), other: new Int32Array(count).fill(-1) },
  }
  const payees = groupMembers({ membership: pairs.payee, count })
  const sizeOf = (pair: number) => payments.offsets[pair + 1]! - payments.offsets[pair]!
  const firstOf = (pair: number) => payments.time[payments.offsets[pair]!]!
  const keep = (own: number, other: number, logChance: number) => {
    const one = payer[own]!
    if (logChance >= best.logChance[one]!) return
    ;[best.logChance[one], best.own[one], best.other[one]] = [logChance, own, other]
  }
  for (let one = 0; one < count; one += 1) {
    const mine = [...payees.members.subarray(payees.offsets[one], payees.offsets[one + 1])]
      .filter((pair) => sizeOf(pair) >= leastPayments)
      .sort((a, b) => sizeOf(a) - sizeOf(b) || firstOf(a) - firstOf(b) || a - b)
    for (let i = 0; i < mine.length; i += 1)
      for (const other of mine.slice(i + 1, i + 1 + neighbours)) {
        const own = mine[i]!
        for (const pair of [own, other]) best.compared[payer[pair]!]! += 1
        const [a, b] = [timesOf(payments, own), timesOf(payments, other)]
        const runs = runsOf(a, b)
        const logChance = logRunsTail(runs, a.length, b.length)
        if (logChance >= Math.max(best.logChance[payer[own]!]!, best.logChance[payer[other]!]!)) continue
        if (recursTurned(a, b, runs, options)) continue
        keep(own, other, logChance)
        keep(other, own, logChance)
      }
  }
  return best
}

/** Times without the first, by which the payers were put side by side. */
function timesOf({ offsets, time }: PairPayments, pair: number): Float64Array {
  return time.subarray(offsets[pair]! + 1, offsets[pair + 1])
}

/** Runs of one's times in the order of both. */
function runsOf(a: Float64Array, b: Float64Array): number {
  let [i, j, runs, last] = [0, 0, 0, -1]
  while (i < a.length || j < b.length) {
    const takes = j === b.length || (i < a.length && a[i]! <= b[j]!) ? 0 : 1
    if (takes === 0) i += 1
    else j += 1
    if (takes !== last) runs += 1
    last = takes
  }
  return runs
}

/**
 * Whether the runs above their mean come near to where they were when one's times are turned round the window of both, by any
 * of some equal steps. Not all of them: a turned window has a seam.
 */
function recursTurned(
  a: Float64Array,
  b: Float64Array,
  runs: number,
  { turns, turnShare }: typeof turnTaking.options,
): boolean {
  const from = Math.min(a[0]!, b[0]!)
  const last = Math.max(a.at(-1)!, b.at(-1)!)
  // The turned window closes with a gap like the others.
  const span = last - from + (last - from) / Math.max(a.length, b.length) + 1
  const mean = 1 + (2 * a.length * b.length) / (a.length + b.length)
  for (let turn = 1; turn <= turns; turn += 1) {
    const { times } = circularShift(b, from, from + span, (span * turn) / (turns + 1))
    if (runsOf(a, times) >= mean + turnShare * (runs - mean)) return true
  }
  return false
}
