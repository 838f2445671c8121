import { describe, expect, it } from 'vitest'
import { depositReuse } from '../../src/signals/deposit-reuse.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { type Draft, draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { testNullModel, valuesOf } from '../support/test-null-model.ts'

const ADDRESSES = 40

const market = (random: Random) => draftEconomy(random, { payers: 150, payees: 30, funders: 20 })

/** Users of deposit addresses of a labelled exchange, as the ledger gives them; `together`: all of these use one more. */
function withDeposits(draft: Draft, random: Random, together: readonly number[] = []) {
  const uses = new Map<number, number>()
  for (let party = 0; party < draft.parties; party += 1)
    if (random.next() < 0.6) uses.set(party, draft.wallets + Math.floor(ADDRESSES * random.next() ** 2))
  for (const party of together) uses.set(party, draft.wallets + ADDRESSES)
  const wallets = draft.wallets + ADDRESSES + 1
  for (const [from, to] of uses) draft.transfers.push({ from, to, time: 61, amount: 1e5, isNative: false })
  const economy = economyOf({ ...draft, wallets })
  return {
    economy,
    entities: entitiesOf(economy, together.length > 0 ? [together] : []),
    features: {
      'deposit-reuse': { wallet: Int32Array.from(uses.keys()), deposit: Int32Array.from(uses.values()) },
    },
  }
}

/** Six payers and their payee are one customer of the exchange, and one entity because of it. */
function plant(random: Random) {
  const draft = market(random)
  const payee = draft.payers + 1
  draft.payments = draft.payments.filter(({ payer }) => payer > 5)
  for (let i = 0; i < 30; i += 1) draft.payments.push({ payer: i % 6, payee, time: i, amount: 1e5, service: 1 })
  return { ...withDeposits(draft, random, [0, 1, 2, 3, 4, 5, payee]), planted: [0] }
}

testNullModel(depositReuse, {
  draw: (random) => withDeposits(market(random), random),
  plant,
  power: 0.9,
  traps: {},
})

describe('deposit-reuse', () => {
  it('knows the addresses of an exchange that nobody labelled, and takes the exchange for nobody’s', async () => {
    const options = { payers: 200, payees: 30, payments: 2_000, funders: 1, days: 100 }
    const draft = draftEconomy(randomStream(1, 'deposits'), options)
    const exchange = draft.parties
    const address = draft.wallets
    const payee = draft.payers + 3
    const move = (from: number, to: number, time: number) =>
      draft.transfers.push({ from, to, time, amount: 1e6, isNative: false })
    for (const from of [0, 1, payee]) move(from, address, 10)
    move(address, exchange, 10.1)
    for (const payer of [0, 1]) draft.payments.push({ payer, payee, time: 9, amount: 1e5, service: 3 })
    const economy = economyOf({ ...draft, wallets: draft.wallets + 1 })
    const features = {
      'deposit-reuse': { wallet: new Int32Array(), deposit: new Int32Array() },
    }
    const { entity, statistic } = await valuesOf(depositReuse, { economy, entities: entitiesOf(economy), features }, 1)
    expect([...entity].filter((one) => one < draft.payers)).toEqual([0, 1])
    for (const linked of statistic) expect(linked).toBeGreaterThan(0)
  })
})
