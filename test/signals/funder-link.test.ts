import { expect, it } from 'vitest'
import { funderLink } from '../../src/signals/funder-link.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { testNullModel, valuesOf } from '../support/test-null-model.ts'

/** One wallet funds three payers, the payee that they pay, and a fourth payer that pays another. */
function plant(random: Random) {
  const draft = draftEconomy(random)
  const [funder, stranger, planted, service] = [3, 4, [0, 1, 2], draft.payers + 1]
  const funded = [...planted, stranger, service]
  draft.transfers = draft.transfers.filter(({ to, isNative }) => !isNative || !funded.includes(to))
  for (const to of funded) draft.transfers.push({ from: funder, to, time: 0, amount: 1e16, isNative: true })
  draft.payments = draft.payments.filter(({ payer }) => ![...planted, stranger].includes(payer))
  for (let i = 0; i < 30; i += 1)
    draft.payments.push({ payer: planted[i % 3]!, payee: service, time: i, amount: 1e5, service: 1 })
  draft.payments.push({ payer: stranger, payee: draft.payers + 2, time: 30, amount: 1e5, service: 2 })
  const economy = economyOf(draft)
  return { economy, entities: entitiesOf(economy), planted, stranger }
}

testNullModel(funderLink, {
  draw(random) {
    const economy = economyOf(draftEconomy(random))
    return { economy, entities: entitiesOf(economy) }
  },
  plant,
  power: 0.9,
  traps: { 'common-source': ['event-spike'], employer: ['employer'] },
})

it('says nothing of a customer whose funder also funds a ring', async () => {
  const planted = plant(randomStream(1, 'ring'))
  const { entity, pValue } = await valuesOf(funderLink, planted, 1)
  const pOf = (payer: number) => pValue[entity.indexOf(payer)]
  expect(pOf(planted.planted[0]!)).toBeLessThan(0.01)
  expect(pOf(planted.stranger)).toBe(1)
})
