import { describe, expect, it } from 'vitest'
import { transferCommunity } from '../../src/signals/transfer-community.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { type Draft, draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { testNullModel, valuesOf } from '../support/test-null-model.ts'

const market = (random: Random) => draftEconomy(random, { payers: 150, payees: 30, funders: 20 })

function drawn(draft: Draft) {
  const economy = economyOf(draft)
  return { economy, entities: entitiesOf(economy) }
}

/** A payee sends on what it takes, over two wallets, to six that pay it if `paying`, or else whom the market pays. */
function plant(random: Random, paying = true) {
  const draft = market(random)
  const payee = draft.payers + 1
  const [first, second] = [draft.wallets, draft.wallets + 1]
  const isOwn = (wallet: number) => wallet < 6 || wallet === payee
  const move = (from: number, to: number, time: number) =>
    draft.transfers.push({ from, to, time, amount: 1e5, isNative: false })
  draft.transfers = draft.transfers.filter(({ from, to }) => !isOwn(from) && !isOwn(to))
  move(payee, first, 9)
  move(first, second, 10)
  for (let to = 0; to < 6; to += 1) move(second, to, 11)
  if (paying) draft.payments = draft.payments.filter(({ payer }) => payer > 5)
  for (let i = 0; i < 30 && paying; i += 1)
    draft.payments.push({ payer: i % 6, payee, time: 12 + i, amount: 1e5, service: 1 })
  return { ...drawn({ ...draft, wallets: draft.wallets + 2 }), planted: [payee] }
}

testNullModel(transferCommunity, { draw: (random) => drawn(market(random)), plant, power: 0.9, traps: {} })

describe('transfer-community', () => {
  const pOf = async ({ planted, ...drawn }: ReturnType<typeof plant>) => {
    const { entity, pValue } = await valuesOf(transferCommunity, drawn, 1)
    return pValue[entity.indexOf(planted[0]!)]
  }

  it('says nothing of a community that pays whom the market pays', async () => {
    const pValues = await Promise.all([1, 2, 3, 4, 5].map((seed) => pOf(plant(randomStream(seed, 'near'), false))))
    expect(pValues.filter((p) => p !== undefined && p <= 0.01)).toEqual([])
  })

  it('ends at services: nobody is joined through one', async () => {
    const planted = plant(randomStream(1, 'near'))
    expect(await pOf(planted)).toBeLessThan(1e-4)
    const isService = planted.economy.isService.map((_, wallet) => Number(wallet === planted.economy.names.length - 2))
    expect(await pOf({ ...planted, economy: { ...planted.economy, isService } })).toBeUndefined()
  })

  it('keeps its level where a large community pays more often than others, and whomever', async () => {
    let [tested, marked] = [0, 0]
    for (let seed = 1; seed <= 20; seed += 1) {
      const random = randomStream(seed, 'often')
      const draft = draftEconomy(random, { payers: 300, payees: 60, payments: 4000 })
      const times = new Int32Array(draft.parties)
      for (const { payer } of draft.payments) times[payer]! += 1
      const often = Array.from(times.keys()).filter((party) => party >= draft.payers || times[party]! > 20)
      draft.transfers = often.map((to, i) => ({ from: often[i - 1] ?? 0, to, time: i, amount: 1e5, isNative: false }))
      const { pValue } = await valuesOf(transferCommunity, drawn(draft), 1)
      tested += pValue.length
      marked += pValue.filter((p) => p <= 0.05).length
    }
    expect(tested).toBeGreaterThan(500)
    expect(marked / tested).toBeLessThanOrEqual(0.05)
  })
})
