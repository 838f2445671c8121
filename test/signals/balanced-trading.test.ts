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

testNullModel(balancedTrading, {
  draw: (random) => drawn(draftEconomy(random, { payers: 25, payees: 6, payments: 200 })),
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
  const shares = async (options: { kept?: number; rounds?: number }) => {
    const { planted, ...rest } = plant(randomStream(1, 'balanced'), options)
    const { entity, statistic } = await valuesOf(balancedTrading, rest, 1)
    return planted.map((one) => statistic[entity.indexOf(one)])
  }

  it('counts what comes back within a hundredth of a mean trade', async () => {
    expect(await shares({ kept: 0 })).toEqual([1, 1, 1, 1])
    expect(await shares({ kept: 0.05 })).toEqual([0, 0, 0, 0])
  })

  it('leaves out who paid twice', async () => {
    expect(await shares({ rounds: 2 })).toEqual([undefined, undefined, undefined, undefined])
  })
})
