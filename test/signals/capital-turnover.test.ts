import { capitalTurnover } from '../../src/signals/capital-turnover.ts'
import { draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { testNullModel } from '../support/test-null-model.ts'

testNullModel(capitalTurnover, {
  draw(random) {
    const economy = economyOf(draftEconomy(random, { funders: 30 }))
    return { economy, entities: entitiesOf(economy) }
  },
  plant(random) {
    const draft = draftEconomy(random, { funders: 30 })
    const planted = [0, 1, 2]
    const unpopular = draft.payers + 1
    const till = draft.wallets
    draft.payments = draft.payments.filter(({ payer, payee }) => !planted.includes(payer) && payee !== unpopular)
    for (let i = 0; i < 30; i += 1) {
      const payer = planted[i % 3]!
      draft.payments.push({ payer, payee: unpopular, time: i, amount: 1e7, service: 1 })
      // Money of the second takes a way over a wallet of its own.
      const route = i % 3 === 1 ? [unpopular, till, payer] : [unpopular, payer]
      for (let hop = 1; hop < route.length; hop += 1)
        draft.transfers.push({
          from: route[hop - 1]!,
          to: route[hop]!,
          time: i + hop / 10,
          amount: 1e7,
          isNative: false,
        })
    }
    const economy = economyOf({ ...draft, wallets: draft.wallets + 1 })
    return { economy, entities: entitiesOf(economy), planted }
  },
  power: 0.9,
  traps: {
    'trading-both-ways'(random) {
      const draft = draftEconomy(random, { funders: 30 })
      const honest = [0, 1, 2, 3].map((i) => draft.payers + i)
      // What each earns from the next it spends on the one before, by usage alone.
      for (let i = 0; i < 40; i += 1) {
        const [payer, payee] = [honest[i % 4]!, honest[(i + 1) % 4]!]
        draft.payments.push({ payer, payee, time: i, amount: 1e6, service: (i + 1) % 4 })
        draft.payments.push({ payer: payee, payee: payer, time: i + 0.5, amount: 1e6, service: i % 4 })
      }
      // Each has some capital from a provider with which it does not trade.
      for (const to of honest) {
        const from = draft.payers + 4 + random.below(draft.payees - 4)
        draft.transfers.push({ from, to, time: 1, amount: 1e6, isNative: false })
      }
      const economy = economyOf(draft)
      return { economy, entities: entitiesOf(economy), honest }
    },
    gateway: ['gateway'],
  },
})
