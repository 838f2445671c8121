import { describe, expect, it } from 'vitest'
import { balancedTrading } from '../../src/signals/balanced-trading.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { type Draft, draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { testNullModel, valuesOf } from '../support/test-null-model.ts'

const PRICE = 1e6
const RING = [0, 1, 2, 3]

function drawn(draft: Draft) {
  const economy = economyOf(draft)
  return { economy, entities: entitiesOf(economy) }
}

/** Four payers buy of a payee of their own, which sends all but a share back each time, half of it over a wallet between. */
function plant(random: Random, { kept = 0, rounds = 10 } = {}) {
  const draft = draftEconomy(random)
  const payee = draft.payers + 1
  const till = draft.wallets
  draft.payments = draft.payments.filter((paid) => !RING.includes(paid.payer) && paid.payee !== payee)
  for (let i = 0; i < rounds * RING.length; i += 1) {
    const [payer, time] = [RING[i % RING.length]!, 1 + i + random.next() / 10]
    draft.payments.push({ payer, payee, time, amount: PRICE, service: 1 })
    const back = { amount: PRICE * (1 - kept), isNative: false }
    if (i % 2 === 0) draft.transfers.push({ from: payee, to: payer, time: time + 0.01, ...back })
    else {
      draft.transfers.push({ from: payee, to: till, time: time + 0.01, ...back })
      draft.transfers.push({ from: till, to: payer, time: time + 0.02, ...back })
    }
  }
  return { ...drawn({ ...draft, wallets: draft.wallets + 1 }), planted: RING }
}

/** Payees send what one payment is to payers whoever they are: by chance it comes from the one that was paid. */
function chance(random: Random): Draft {
  const draft = draftEconomy(random, { payers: 4, payees: 2, payments: 24, funders: 3 })
  for (const payment of draft.payments) payment.amount = PRICE
  const paid = [...draft.payments]
  for (const { payer, time } of paid) {
    const from = draft.payers + Math.floor(draft.payees * random.next() ** 2)
    draft.transfers.push({ from, to: payer, time: time + 0.001, amount: PRICE, isNative: false })
  }
  return draft
}

testNullModel(balancedTrading, {
  draw: (random) => drawn(chance(random)),
  plant: (random) => plant(random),
  power: 0.9,
  traps: {
    'market-maker'(random) {
      const draft = draftEconomy(random)
      const honest = [0, 1, 2, 3].map((i) => draft.payers + i)
      for (let i = 0; i < 80; i += 1) {
        const [payer, payee] = [honest[i % 4]!, honest[(i + 1) % 4]!]
        draft.payments.push({ payer, payee, time: i / 2, amount: PRICE, service: 1 })
        draft.payments.push({ payer: payee, payee: payer, time: i / 2 + 0.01, amount: PRICE, service: 2 })
      }
      return { ...drawn(draft), honest }
    },
    'marketplace-recycling'(random) {
      const draft = draftEconomy(random)
      const contract = draft.wallets
      // Everybody stakes and takes out again at times of their own, payees too.
      for (let i = 0; i < 400; i += 1) {
        const move = { time: draft.days * random.next(), amount: PRICE * (1 + random.below(3)), isNative: false }
        const party = random.below(draft.parties)
        draft.transfers.push(
          i % 2 === 0 ? { from: party, to: contract, ...move } : { from: contract, to: party, ...move },
        )
      }
      const honest = Array.from({ length: draft.payers }, (_, payer) => payer)
      return { ...drawn({ ...draft, wallets: draft.wallets + 1 }), honest }
    },
    'occasional-refund'(random) {
      const draft = draftEconomy(random)
      const refunds = draft.payments.filter(() => random.next() < 0.2)
      for (const { payer, payee, time, amount } of refunds)
        draft.transfers.push({ from: payee, to: payer, time: time + random.next(), amount, isNative: false })
      return { ...drawn(draft), honest: Array.from({ length: draft.payers }, (_, payer) => payer) }
    },
  },
})

describe('balanced-trading', () => {
  it('has something to be wrong about under its null', async () => {
    const seeds = Array.from({ length: 20 }, (_, seed) => seed)
    const drafts = seeds.map((seed) => drawn(chance(randomStream(seed, 'chance'))))
    const values = await Promise.all(drafts.map((draft) => valuesOf(balancedTrading, draft, 1)))
    const shares = values.flatMap(({ statistic }) => [...statistic])
    expect(shares.filter((share) => share > 0).length / shares.length).toBeGreaterThan(0.1)
  })

  const shares = async (options: { kept?: number; rounds?: number }) => {
    const { planted, ...rest } = plant(randomStream(1, 'balanced'), options)
    const { entity, statistic } = await valuesOf(balancedTrading, rest, 1)
    return planted.map((one) => statistic[entity.indexOf(one)])
  }

  it('counts what comes back within a hundredth of a mean trade', async () => {
    expect(await shares({ kept: 0 })).toEqual([1, 1, 1, 1])
    expect(await shares({ kept: 0.05 })).toEqual([0, 0, 0, 0])
  })

  it('finds rounds that no day and no week holds from their start', async () => {
    const draft = draftEconomy(randomStream(1, 'rounds'))
    const [funder, payee] = [draft.wallets, draft.payers + 1]
    draft.payments = draft.payments.filter((paid) => !RING.includes(paid.payer) && paid.payee !== payee)
    const move = (from: number, to: number, time: number, amount: number) =>
      draft.transfers.push({ from, to, time, amount, isNative: false })
    // Rounds of five days, one behind the other: a week never begins where nothing is owed.
    for (let start = 1; start < 55; start += 5) {
      for (const payer of RING) {
        move(funder, payer, start, PRICE)
        draft.payments.push({ payer, payee, time: start + 1 + payer, amount: PRICE, service: 1 })
      }
      move(payee, funder, start + 4.9, RING.length * PRICE)
    }
    const { entity, statistic } = await valuesOf(balancedTrading, drawn({ ...draft, wallets: draft.wallets + 1 }), 1)
    expect(RING.map((one) => statistic[entity.indexOf(one)])).toEqual([1, 1, 1, 1])
  })

  it('leaves out who paid twice', async () => {
    expect(await shares({ rounds: 2 })).toEqual([undefined, undefined, undefined, undefined])
  })
})
