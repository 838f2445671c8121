import { describe, expect, it } from 'vitest'
import { firstAmount } from '../../src/signals/first-amount.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { testNullModel, valuesOf } from '../support/test-null-model.ts'

const AMOUNT = 1.2345e15

/** Everybody begins with one of fifteen amounts, some far more usual than others. */
function market(random: Random) {
  const draft = draftEconomy(random, { payers: 150, payees: 30, funders: 20 })
  for (const funding of draft.transfers.filter(({ isNative }) => isNative))
    funding.amount = 1e14 * (1 + Math.floor(15 * random.next() ** 2))
  return draft
}

/** Six payers of one service begin with about `AMOUNT`, each from a funder of its own. */
function plant(random: Random, spread = 0) {
  const draft = market(random)
  for (const funding of draft.transfers.filter(({ to, isNative }) => isNative && to < 6))
    funding.amount = AMOUNT * (1 + spread * funding.to)
  draft.payments = draft.payments.filter(({ payer }) => payer > 5)
  for (let i = 0; i < 30; i += 1)
    draft.payments.push({ payer: i % 6, payee: draft.payers + 1, time: i, amount: 1e5, service: 1 })
  const economy = economyOf(draft)
  return { economy, entities: entitiesOf(economy), planted: [0, 1, 2, 3, 4, 5] }
}

testNullModel(firstAmount, {
  draw(random) {
    const economy = economyOf(market(random))
    return { economy, entities: entitiesOf(economy) }
  },
  plant,
  power: 0.9,
  traps: { employer: ['employer'], 'common-amount': ['event-spike', 'exchange-user', 'boutique'] },
})

describe('first-amount', () => {
  const tested = async (spread: number, isService = false) => {
    const { economy, entities } = plant(randomStream(1, 'amounts'), spread)
    // Nothing goes to these services: they give only.
    const { transfers } = economy
    const kept = [...transfers.to.keys()].filter((row) => transfers.to[row]! < economy.parties)
    const cut = <column extends Int32Array | Float64Array>(column: column) =>
      column.filter((_, row) => kept.includes(row)) as column
    const given = Object.fromEntries(Object.entries(transfers).map(([name, column]) => [name, cut(column)]))
    const services = economy.isService.map((_, wallet) => Number(isService && wallet >= economy.parties))
    const all = { ...economy, isService: services, transfers: given as typeof transfers }
    const { entity } = await valuesOf(firstAmount, { economy: all, entities }, 1)
    return [0, 1, 2, 3, 4, 5].filter((one) => entity.includes(one)).length
  }

  it('takes amounts for the same that agree to four digits', async () => {
    expect(await tested(1e-6)).toBe(6)
    expect(await tested(1e-2)).toBe(0)
  })

  it('leaves out what faucets and programmes give', async () => {
    expect(await tested(0, true)).toBe(0)
  })
})
