import { describe, expect, it } from 'vitest'
import { funderCohort } from '../../src/signals/funder-cohort.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { testNullModel, valuesOf } from '../support/test-null-model.ts'

const market = (random: Random) => draftEconomy(random, { payers: 150, payees: 30, funders: 20 })

/** The last funder funds six wallets, which pay one service, or one each as the market does. */
function plant(random: Random, together = true) {
  const draft = market(random)
  const funder = draft.wallets
  const planted = [0, 1, 2, 3, 4, 5]
  draft.transfers = draft.transfers.filter(({ to, isNative }) => !isNative || to > 5)
  for (const to of planted) draft.transfers.push({ from: funder, to, time: 0, amount: 1e16, isNative: true })
  if (together) draft.payments = draft.payments.filter(({ payer }) => payer > 5)
  for (let i = 0; i < 30 && together; i += 1)
    draft.payments.push({ payer: i % 6, payee: draft.payers + 1, time: i, amount: 1e5, service: 1 })
  const economy = economyOf({ ...draft, wallets: draft.wallets + 1 })
  return { economy, entities: entitiesOf(economy), planted }
}

testNullModel(funderCohort, {
  draw(random) {
    const economy = economyOf(market(random))
    return { economy, entities: entitiesOf(economy) }
  },
  plant,
  power: 0.9,
  traps: { employer: ['employer'] },
})

describe('funder-cohort', () => {
  it('says nothing of a cohort that pays whom the market pays', async () => {
    const { planted, ...drawn } = plant(randomStream(1, 'cohort'), false)
    const { entity, pValue } = await valuesOf(funderCohort, drawn, 1)
    for (const one of planted.filter((payer) => entity.includes(payer)))
      expect(pValue[entity.indexOf(one)]).toBeGreaterThan(0.01)
  })

  it('weighs what is shared by how many a wallet funded', async () => {
    const { planted, ...drawn } = plant(randomStream(1, 'cohort'))
    const { transfers } = drawn.economy
    // The same wallet funds everybody: what its cohort shares is what all share.
    const all = { ...drawn.economy, transfers: { ...transfers, from: transfers.from.map(() => 200) } }
    const few = await valuesOf(funderCohort, drawn, 1)
    const many = await valuesOf(funderCohort, { ...drawn, economy: all }, 1)
    const natsOf = ({ entity, statistic }: typeof few) => statistic[entity.indexOf(planted[0]!)] ?? 0
    expect(natsOf(few)).toBeGreaterThan(natsOf(many) + 5)
  })
})
