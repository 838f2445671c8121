import { describe, expect, it } from 'vitest'
import type { ProgrammeRewards } from '../../src/features/programme-rewards.ts'
import { payoutProfit } from '../../src/signals/payout-profit.ts'
import { runSignal } from '../../src/signals/run-signal.ts'
import type { Signal } from '../../src/signals/signal.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { withLedger } from '../support/ledger-with.ts'
import { type Draft, draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { payment, usageEvent } from '../support/records.ts'
import { testNullModel, valuesOf } from '../support/test-null-model.ts'

const DAY = 86_400_000
const WEEKS = 8
const RING = [0, 1, 2, 3]

/** Each week a programme gives every payer a share of what it paid, by the same rate for all. */
function rewardsOf({ payments }: Pick<Draft, 'payments'>, rate: (payer: number) => number): ProgrammeRewards {
  const rows: { party: number; time: number; value: number }[] = []
  for (let week = 1; week <= WEEKS; week += 1) {
    const spent = new Map<number, number>()
    for (const { payer, time, amount } of payments)
      if (time < week * 7 && time >= week * 7 - 7) spent.set(payer, (spent.get(payer) ?? 0) + amount / 1e6)
    for (const [party, value] of spent) rows.push({ party, time: week * 7 * DAY, value: value * rate(party) })
  }
  return {
    programmes: [{ protocol: 'test', programme: 'usage' }],
    programme: new Int32Array(rows.length),
    party: Int32Array.from(rows, ({ party }) => party),
    asset: new Int32Array(rows.length),
    time: Float64Array.from(rows, ({ time }) => time),
    amount: Float64Array.from(rows, ({ value }) => value * 1e6),
    value: Float64Array.from(rows, ({ value }) => value),
  }
}

type Given = { groups?: number[][]; rate?: (payer: number) => number; fee?: number }

function drawn(draft: Draft, { groups = [], rate = () => 0.1, fee = 0.01 }: Given = {}) {
  const economy = economyOf(draft)
  const fees = economy.payments.value.map((value) => value * fee)
  const features = { 'programme-rewards': rewardsOf(draft, rate), 'fee-values': fees }
  return { economy, entities: entitiesOf(economy, groups), features }
}

/**
 * Some payers are one with a payee that gets most of all payments, others with one of their own; none chooses it for that.
 * Rewards are about what was paid, so that many a ratio is above 1 by chance.
 */
function market(random: Random) {
  const draft = draftEconomy(random, { payers: 60, payees: 6, payments: 300 })
  for (const payment of draft.payments) if (random.next() < 0.6) payment.payee = draft.payers
  const groups = [[0, 4, 5, draft.payers], ...[1, 2].map((i) => [i, draft.payers + i])]
  return drawn(draft, { groups, rate: () => 0.5 + random.next() })
}

/** Four payers and their payee are one: what they pay stays with them but for a tenth and the fees. */
function plant(random: Random, { elsewhere = 0.05, fee = 0.01, rate = 0.1, weeks = WEEKS } = {}) {
  const draft = draftEconomy(random)
  const payee = draft.payers + 1
  draft.payments = draft.payments.filter((paid) => !RING.includes(paid.payer) && paid.payee !== payee)
  for (let i = 0; i < weeks * 20; i += 1) {
    const other = i % 20 < elsewhere * 20
    draft.payments.push({
      ...{ payer: RING[i % 4]!, payee: other ? draft.payers + 2 : payee },
      ...{ time: i * 0.35, amount: 1e6, service: 1 },
    })
  }
  return { ...drawn(draft, { groups: [[...RING, payee]], fee, rate: () => rate }), planted: [0] }
}

testNullModel(payoutProfit, {
  draw: market,
  plant: (random) => plant(random),
  power: 0.9,
  traps: {
    'generous-programme'(random) {
      const draft = draftEconomy(random)
      const honest = Array.from({ length: draft.payers }, (_, payer) => payer)
      return { ...drawn(draft, { rate: () => 1.5 }), honest }
    },
    'rewarded-supply'(random) {
      const draft = draftEconomy(random)
      const honest = [0, 1, 2].map((i) => draft.payers + i)
      for (const payer of honest)
        for (let i = 0; i < 20; i += 1)
          draft.payments.push({ payer, payee: draft.payers + 4, time: 2.5 * i, amount: 1e3, service: 4 })
      return { ...drawn(draft, { rate: (party) => (honest.includes(party) ? 1_000 : 0.1) }), honest }
    },
  },
})

describe('payout-profit', () => {
  const ratioOf = async (options: Parameters<typeof plant>[1]) => {
    const { planted, ...rest } = plant(randomStream(1, 'profit'), options)
    const { entity, statistic } = await valuesOf(payoutProfit, rest, 1)
    return statistic[entity.indexOf(planted[0]!)]
  }

  it('has something to be wrong about under its null', async () => {
    const markets = Array.from({ length: 20 }, (_, seed) => market(randomStream(seed, 'chance')))
    const values = await Promise.all(markets.map((one) => valuesOf(payoutProfit, one, 1)))
    expect(values.filter(({ statistic }) => statistic.some((ratio) => ratio > 0)).length).toBeGreaterThan(2)
  })

  it('holds rewards against what left the entity and fees', async () => {
    // Of twenty dollars one goes to others, and a hundredth of nineteen in fees: two are given.
    expect(await ratioOf({})).toBeCloseTo(2 / 1.19, 9)
    expect(await ratioOf({ fee: 0, elsewhere: 0 })).toBe(Number.POSITIVE_INFINITY)
  })

  it('counts neither what does not pay, nor what is paid to others, nor a single epoch', async () => {
    expect(await ratioOf({ rate: 0.05 })).toBe(0)
    expect(await ratioOf({ elsewhere: 0.25, rate: 0.9 })).toBe(0)
    expect(await ratioOf({ weeks: 1 })).toBeUndefined()
  })

  it('could not look where no rewards were collected', () =>
    withLedger({ usage_events: [usageEvent()], payments: [payment()] }, async ({ context }) => {
      const signal = payoutProfit as unknown as Signal
      const result = await runSignal(signal, context, new Set(['usage_events', 'payments', 'transfers']), 1)
      expect(result).toEqual({ status: 'unavailable', missing: ['rewards'] })
    }))
})
