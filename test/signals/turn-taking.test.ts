import { turnTaking } from '../../src/signals/turn-taking.ts'
import type { Random } from '../../src/statistics/random.ts'
import { type Draft, draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { testNullModel } from '../support/test-null-model.ts'

const GROUP = [0, 1, 2, 3, 4, 5]

/** Members of the group pay one payee and nobody else, at the times given for each. */
function group(random: Random, timesOf: (draft: Draft, member: number) => readonly number[]) {
  const draft = draftEconomy(random, { payers: 10, payees: 3, payments: 60 })
  draft.payments = draft.payments.filter(({ payer }) => !GROUP.includes(payer))
  for (const payer of GROUP)
    for (const time of timesOf(draft, payer))
      draft.payments.push({ payer, payee: draft.payers, time, amount: 1e5, service: 0 })
  const economy = economyOf(draft)
  return { economy, entities: entitiesOf(economy) }
}

const sometime = (random: Random, n: number, days: number) => Array.from({ length: n }, () => days * random.next())

testNullModel(turnTaking, {
  draw: (random) => group(random, ({ days }) => sometime(random, 14 + random.below(4), days)),
  plant(random) {
    // A loop over the group, begun at times that nobody could foresee.
    const starts = Array.from({ length: 16 }, () => 60 * random.next() ** 2).sort((a, b) => a - b)
    const planted = group(random, (_, member) => starts.map((start) => start + member / 5000))
    return { ...planted, planted: GROUP }
  },
  power: 0.9,
  traps: {
    'same-schedule': (random) => {
      const hours = GROUP.map(() => 24 * random.next())
      const strays = random.pick([0.01, 1])
      const kept = random.pick([0.7, 0.95])
      const drawn = group(random, ({ days }, member) =>
        Array.from({ length: days }, (_, day) => day + (hours[member]! + strays * random.normal()) / 24).filter(
          () => random.next() < kept,
        ),
      )
      return { ...drawn, honest: GROUP }
    },
    sessions: (random) => {
      const drawn = group(random, ({ days }) =>
        sometime(random, 10, days).flatMap((start) =>
          sometime(random, 1 + random.below(4), 0.02).map((at) => start + at),
        ),
      )
      return { ...drawn, honest: GROUP }
    },
  },
})
