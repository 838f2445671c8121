import { closure } from '../../src/signals/closure.ts'
import { draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { testNullModel } from '../support/test-null-model.ts'

testNullModel(closure, {
  draw(random) {
    const economy = economyOf(draftEconomy(random, { payers: 80, payments: 300 }))
    return { economy, entities: entitiesOf(economy) }
  },
  plant(random) {
    const draft = draftEconomy(random, { payers: 80, payments: 500 })
    const payers = Array.from({ length: 12 }, (_, i) => i)
    const ring = draft.payers + 1
    draft.payments = draft.payments.filter(({ payer, payee }) => !payers.includes(payer) && payee !== ring)
    for (let i = 0; i < 60; i += 1)
      draft.payments.push({ payer: i % 12, payee: ring, time: i % draft.days, amount: 1e5, service: 1 })
    const economy = economyOf(draft)
    return { economy, entities: entitiesOf(economy), planted: [ring] }
  },
  power: 0.9,
  traps: {},
})
