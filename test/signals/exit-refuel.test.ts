import { describe, expect, it } from 'vitest'
import { exitRefuel } from '../../src/signals/exit-refuel.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { type Draft, draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { testNullModel, valuesOf } from '../support/test-null-model.ts'

const PUPPETS = 6
const DAYS = 60

/** Funders are labelled as services, as most exchanges are; payees cash out to them every week or so. */
function market(random: Random) {
  const draft = draftEconomy(random, { days: DAYS })
  for (let payee = draft.payers; payee < draft.parties; payee += 1)
    for (let day = 7 * random.next(); day < DAYS; day += 5 + 4 * random.next()) {
      const to = draft.parties + random.below(8)
      draft.transfers.push({ from: payee, to, time: day, amount: cashed(random), isNative: false })
    }
  return draft
}

const cashed = (random: Random) => Math.round(10 ** (5 + 2 * random.next()))

function drawn(draft: Draft) {
  const economy = economyOf(draft)
  const isService = economy.isService.map((_, wallet) => Number(wallet >= draft.parties))
  return { economy: { ...economy, isService }, entities: entitiesOf(economy) }
}

/** Six wallets that pay one service and withdraw, within `hours` after each of its exits, `share` of it. */
function launder(random: Random, { hours, share }: { readonly hours: number; readonly share: number }) {
  const draft = market(random)
  const payee = draft.payers
  const exchange = draft.parties
  const isPuppet = (wallet: number) => wallet < PUPPETS
  draft.payments = draft.payments.filter((paid) => !isPuppet(paid.payer) && paid.payee !== payee)
  draft.transfers = draft.transfers.filter(({ from, to }) => from !== payee && !isPuppet(to))
  for (let i = 0; i < 60; i += 1) draft.payments.push({ payer: i % PUPPETS, payee, time: i, amount: 1e5, service: 0 })
  for (let day = 2; day < DAYS - 4; day += 4 + 5 * random.next()) {
    const amount = PUPPETS * cashed(random)
    draft.transfers.push({ from: payee, to: exchange, time: day, amount, isNative: false })
    for (let to = 0; to < PUPPETS; to += 1)
      draft.transfers.push({
        ...{ from: exchange, to, time: day + (hours / 24) * (0.05 + 0.9 * random.next()) },
        ...{ amount: Math.round((share * amount) / PUPPETS), isNative: false },
      })
  }
  return { ...drawn(draft), planted: [payee] }
}

testNullModel(exitRefuel, {
  draw: (random) => drawn(market(random)),
  plant: (random) => launder(random, { hours: 72, share: 0.98 }),
  power: 0.9,
  traps: {
    // Services of the market are of this class, and most of their customers use an exchange.
    'popular-service': ['provider-consumer'],
    'exchange-user': ['provider-consumer'],
  },
})

describe('exit-refuel', () => {
  const matched = async (hours: number, share: number) => {
    const plan = launder(randomStream(1, 'one'), { hours, share })
    const { entity, statistic } = await valuesOf(exitRefuel, plan, 1)
    return statistic[entity.indexOf(plan.planted[0]!)]!
  }

  it('measures what came back of each exit, too little as well as too much', async () => {
    for (const share of [1, 0.6, 1.4]) expect(await matched(48, share)).toBeCloseTo(1 - Math.abs(share - 1), 4)
    expect(await matched(48, 2.5)).toBe(0)
  })

  it('sees nothing of top-ups before the exit', async () => {
    expect(await matched(-24, 1)).toBeLessThan(0.3)
  })
})
