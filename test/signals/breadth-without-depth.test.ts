import { breadthWithoutDepth } from '../../src/signals/breadth-without-depth.ts'
import { draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { testNullModel } from '../support/test-null-model.ts'

const size = { payers: 12, payees: 40, payments: 100 }

testNullModel(breadthWithoutDepth, {
  draw(random) {
    const economy = economyOf(draftEconomy(random, size))
    return { economy, entities: entitiesOf(economy) }
  },
  plant(random) {
    const draft = draftEconomy(random, { ...size, payments: 500 })
    const planted = [0, 1]
    draft.payments = draft.payments.filter(({ payer }) => !planted.includes(payer))
    for (const payer of planted)
      for (let service = 0; service < 32; service += 1)
        draft.payments.push({ payer, payee: draft.payers + service, time: 50 * random.next(), amount: 1e5, service })
    const economy = economyOf(draft)
    return { economy, entities: entitiesOf(economy), planted }
  },
  power: 0.9,
  traps: {
    gateway(random) {
      const economy = economyOf(draftEconomy(random, { ...size, payers: 4, payments: 2_000 }))
      return { economy, entities: entitiesOf(economy), honest: [0, 1, 2, 3] }
    },
    employer(random) {
      const economy = economyOf(draftEconomy(random, size))
      const staff = Array.from({ length: 12 }, (_, payer) => payer)
      return { economy, entities: entitiesOf(economy, [staff]), honest: [0] }
    },
  },
})
