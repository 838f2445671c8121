import { regularity } from '../../src/signals/regularity.ts'
import type { Random } from '../../src/statistics/random.ts'
import { draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { testNullModel } from '../support/test-null-model.ts'

const size = { payers: 6, payees: 3, payments: 64 }

/** A payer that pays at the given times alone. */
function payerAt(random: Random, times: readonly number[]) {
  const draft = draftEconomy(random, size)
  draft.payments = draft.payments.filter(({ payer }) => payer !== 0)
  for (const time of times) draft.payments.push({ payer: 0, payee: draft.payers, time, amount: 1e5, service: 0 })
  const economy = economyOf(draft)
  return { economy, entities: entitiesOf(economy) }
}

testNullModel(regularity, {
  draw(random) {
    const economy = economyOf(draftEconomy(random, size))
    return { economy, entities: entitiesOf(economy) }
  },
  plant(random) {
    const beat = 1 + random.next()
    const times = Array.from({ length: 30 }, (_, i) => i * beat + random.next() / 100)
    return { ...payerAt(random, times), planted: [0] }
  },
  power: 0.9,
  traps: {
    sessions: (random) => {
      const times = Array.from({ length: 8 }, () => random.below(60) + 0.4 + random.next() / 4).flatMap((start) =>
        Array.from({ length: 1 + random.below(4) }, () => start + random.next() / 48),
      )
      return { ...payerAt(random, [...times, 1, 2]), honest: [0] }
    },
  },
})
