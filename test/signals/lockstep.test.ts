import { lockstep } from '../../src/signals/lockstep.ts'
import type { Random } from '../../src/statistics/random.ts'
import { draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { testNullModel } from '../support/test-null-model.ts'

const HOUR = 1 / 24

/** Few payers who often pay few payees, so that they meet by chance. */
const busy = (random: Random) => draftEconomy(random, { payers: 8, payees: 2, payments: 240, days: 14 })

/** Programs of strangers that ask one service every so many hours, most of them at the full hour. */
function schedules(random: Random) {
  const draft = busy(random)
  const honest = [0, 1, 2, 3, 4, 5, 6, 7]
  draft.payments = draft.payments.filter(({ payer }) => !honest.includes(payer))
  for (const payer of honest) {
    const every = random.pick([1, 6, 7.1, 7.1, 24, 24, 75])
    const starts = random.pick([0, 0, 9, 9.02, 24 * random.next()]) * HOUR
    for (let time = starts; time < draft.days; time += every * HOUR)
      draft.payments.push({ payer, payee: draft.payers, time: time + random.next() / 1440, amount: 1e5, service: 0 })
  }
  const economy = economyOf(draft)
  return { economy, entities: entitiesOf(economy), honest }
}

/** Customers of one service who come for its releases alone, most of them within two hours. */
function releases(random: Random) {
  const draft = draftEconomy(random)
  const honest = Array.from({ length: 15 }, (_, payer) => payer)
  draft.payments = draft.payments.filter(({ payer }) => !honest.includes(payer))
  for (let release = 0; release < 8; release += 1) {
    const at = random.below(draft.days) + random.next()
    for (const payer of honest)
      if (random.next() < 0.7)
        draft.payments.push({
          ...{ payer, payee: draft.payers, time: at + HOUR * random.exponential() },
          ...{ amount: 1e5, service: 0 },
        })
  }
  const economy = economyOf(draft)
  return { economy, entities: entitiesOf(economy), honest }
}

testNullModel(lockstep, {
  draw(random) {
    const economy = economyOf(busy(random))
    return { economy, entities: entitiesOf(economy) }
  },
  plant(random) {
    const draft = draftEconomy(random)
    const planted = [0, 1, 2, 3, 4]
    for (let round = 0; round < 12; round += 1) {
      const starts = random.below(draft.days) + HOUR * (Math.floor(24 * random.next()) + random.next() / 2)
      for (const payer of planted)
        draft.payments.push({
          ...{ payer, payee: draft.payers + 1 + random.below(2), time: starts + (HOUR / 2) * random.next() },
          ...{ amount: 1e5, service: 1 },
        })
    }
    const economy = economyOf(draft)
    return { economy, entities: entitiesOf(economy), planted }
  },
  power: 0.9,
  traps: { 'event-spike': releases, 'same-schedule': schedules },
})
