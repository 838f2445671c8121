import { describe, expect, it } from 'vitest'
import { creationBurst } from '../../src/signals/creation-burst.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { type Draft, draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { testNullModel, valuesOf } from '../support/test-null-model.ts'

const OPENS = 60
const MINUTES = 1 / 1440

/** Wallets begin on any day of sixty, a third of them in one of three busy hours, and pay in the sixty days after. */
function market(random: Random) {
  const draft = draftEconomy(random, { payers: 150, payees: 30, funders: 20 })
  for (const payment of draft.payments) payment.time += OPENS
  for (const one of draft.transfers) {
    const busy = 10 + 15 * random.below(3) + random.next() / 24
    one.time = one.isNative ? (random.next() < 1 / 3 ? busy : OPENS * random.next()) : one.time + OPENS
  }
  return draft
}

function drawn(draft: Draft) {
  const economy = economyOf(draft)
  return { economy, entities: entitiesOf(economy) }
}

/** Six payers of one service begin `minutes` after each other on day `day`. */
function plant(random: Random, { minutes = 2, day = 30 } = {}) {
  const draft = market(random)
  const payee = draft.payers + 1
  for (const one of draft.transfers) if (one.isNative && one.to < 6) one.time = day + one.to * minutes * MINUTES
  draft.payments = draft.payments.filter((paid) => paid.payer > 5 && paid.payee !== payee)
  for (let i = 0; i < 30; i += 1) draft.payments.push({ payer: i % 6, payee, time: OPENS + i, amount: 1e5, service: 1 })
  return { ...drawn(draft), planted: [payee] }
}

testNullModel(creationBurst, {
  draw: (random) => drawn(market(random)),
  plant,
  power: 0.9,
  traps: { 'popular-service': ['provider-consumer'] },
})

describe('creation-burst', () => {
  const shareOf = async (options: { minutes?: number; day?: number }) => {
    const { planted, ...drawn } = plant(randomStream(1, 'burst'), options)
    const { entity, statistic } = await valuesOf(creationBurst, drawn, 1)
    return statistic[entity.indexOf(planted[0]!)]
  }

  it('counts payers that begin within ten minutes of another one', async () => {
    expect(await shareOf({ minutes: 9 })).toBe(1)
    expect(await shareOf({ minutes: 11 })).toBe(0)
  })

  it('leaves out who may be older than the ledger', async () => {
    expect(await shareOf({ day: 0 })).toBeUndefined()
  })
})
