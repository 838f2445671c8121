import { funderLink } from '../../src/signals/funder-link.ts'
import { draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { testNullModel } from '../support/test-null-model.ts'

testNullModel(funderLink, {
  draw(random) {
    const economy = economyOf(draftEconomy(random))
    return { economy, entities: entitiesOf(economy) }
  },
  plant(random) {
    const draft = draftEconomy(random)
    const funder = 3
    const planted = [0, 1, 2]
    const service = draft.payers + 1
    draft.transfers = draft.transfers.filter(({ to, isNative }) => !isNative || ![...planted, service].includes(to))
    for (const to of [...planted, service])
      draft.transfers.push({ from: funder, to, time: 0, amount: 1e16, isNative: true })
    draft.payments = draft.payments.filter(({ payer }) => !planted.includes(payer))
    for (let i = 0; i < 30; i += 1)
      draft.payments.push({ payer: planted[i % 3]!, payee: service, time: i, amount: 1e5, service: 1 })
    const economy = economyOf(draft)
    return { economy, entities: entitiesOf(economy), planted }
  },
  power: 0.9,
  traps: { 'common-source': ['event-spike'], employer: ['employer'] },
})
