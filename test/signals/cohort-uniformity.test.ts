import { cohortUniformity } from '../../src/signals/cohort-uniformity.ts'
import type { Random } from '../../src/statistics/random.ts'
import { type Draft, draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { testNullModel } from '../support/test-null-model.ts'

const MINUTE = 1 / 1440
const COHORT = Array.from({ length: 14 }, (_, payer) => payer)

type Story = {
  readonly times: () => number
  readonly starts?: (opens: number) => number
  readonly later?: (opens: number) => number
}

/** The cohort pays one payee alone: unless told otherwise first within minutes, then so often at any time. */
function cohort(random: Random, { times, starts, later }: Story): Draft {
  const draft = draftEconomy(random)
  draft.payments = draft.payments.filter(({ payer }) => !COHORT.includes(payer))
  const opens = 5 + 10 * random.next()
  for (const payer of COHORT) {
    const pay = (time: number) => draft.payments.push({ payer, payee: draft.payers, time, amount: 1e5, service: 0 })
    pay(starts?.(opens) ?? opens + 25 * MINUTE * random.next())
    for (let left = times(); left > 1; left -= 1) pay(later?.(opens) ?? opens + (draft.days - opens) * random.next())
  }
  return draft
}

const drawn = (draft: Draft) => {
  const economy = economyOf(draft)
  return { economy, entities: entitiesOf(economy) }
}

testNullModel(cohortUniformity, {
  // The null itself: payers of one payee alike, and first payments within an hour as later ones are.
  draw(random) {
    const draft = draftEconomy(random, { payers: 20, payments: 40 })
    draft.payments = draft.payments.filter(({ payer }) => !COHORT.includes(payer))
    for (let i = 0; i < 8 * COHORT.length; i += 1)
      draft.payments.push({
        ...{
          payer: random.pick(COHORT),
          payee: draft.payers,
          time: 9 + random.below(2) / 2 + 20 * MINUTE * random.next(),
        },
        ...{ amount: 1e5, service: 0 },
      })
    return drawn(draft)
  },
  plant(random) {
    const draft = cohort(random, { times: () => 8 + random.below(3) })
    return { ...drawn(draft), planted: [draft.payers] }
  },
  power: 0.9,
  traps: {
    'event-spike': (random) => {
      const soon = (opens: number) => opens + 15 * MINUTE * random.exponential()
      const draft = cohort(random, { times: () => 5 + random.below(2), starts: soon, later: soon })
      return { ...drawn(draft), honest: [draft.payers] }
    },
    'waiting-list': (random) => {
      const draft = cohort(random, { times: () => 1 + Math.round(8 * random.exponential()) })
      return { ...drawn(draft), honest: [draft.payers] }
    },
    boutique: (random) => {
      const draft = cohort(random, { times: () => 12, starts: (opens) => opens + 3 * random.next() })
      return { ...drawn(draft), honest: [draft.payers] }
    },
  },
})
