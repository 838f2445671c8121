import { describe, expect, it } from 'vitest'
import { commonExit } from '../../src/signals/common-exit.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { type Draft, draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { testNullModel, valuesOf } from '../support/test-null-model.ts'

const LATE = 61

/** Most payers, too, send what is left to one of a few wallets, whatever they paid for. */
function market(random: Random) {
  const draft = draftEconomy(random, { payers: 150, payees: 30, funders: 20 })
  for (let from = 0; from < draft.parties; from += 1)
    if (random.next() < 0.7) sendRest(draft, from, draft.parties + Math.floor(20 * random.next() ** 2))
  return draft
}

function sendRest({ transfers }: Draft, from: number, to: number): void {
  transfers.push({ from, to, time: LATE, amount: 1e5, isNative: false })
}

/** Six payers, and the payee if `withPayee`, send what is left to a wallet of their own, having paid the same service. */
function plant(random: Random, withPayee: boolean) {
  const draft = market(random)
  const planted = [0, 1, 2, 3, 4, 5]
  const payee = draft.payers + 1
  const all = withPayee ? [...planted, payee] : planted
  draft.transfers = draft.transfers.filter(({ from }) => !all.includes(from))
  for (const from of all) sendRest(draft, from, draft.wallets)
  draft.payments = draft.payments.filter(({ payer }) => payer > 5)
  for (let i = 0; i < 30; i += 1) draft.payments.push({ payer: i % 6, payee, time: i, amount: 1e5, service: 1 })
  const economy = economyOf({ ...draft, wallets: draft.wallets + 1 })
  return { economy, entities: entitiesOf(economy), planted }
}

testNullModel(commonExit, {
  draw(random) {
    const economy = economyOf(market(random))
    return { economy, entities: entitiesOf(economy) }
  },
  plant: (random) => plant(random, true),
  power: 0.9,
  traps: { 'exchange-user': ['exchange-user'] },
})

describe('common-exit', () => {
  it('finds payers of one payee who share an exit that is not the payee’s', async () => {
    const { planted, ...drawn } = plant(randomStream(1, 'exits'), false)
    const { entity, pValue } = await valuesOf(commonExit, drawn, 1)
    for (const one of planted) expect(pValue[entity.indexOf(one)]).toBeLessThan(0.01)
  })

  it('leaves exits to services alone', async () => {
    const { planted, economy, entities } = plant(randomStream(1, 'exits'), true)
    const isService = economy.isService.map((_, wallet) => Number(wallet === economy.names.length - 1))
    const { entity } = await valuesOf(commonExit, { economy: { ...economy, isService }, entities }, 1)
    expect(planted.filter((one) => entity.includes(one))).toEqual([])
  })
})
