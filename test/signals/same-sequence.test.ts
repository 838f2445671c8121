import { sameSequence } from '../../src/signals/same-sequence.ts'
import type { Random } from '../../src/statistics/random.ts'
import { draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { testNullModel } from '../support/test-null-model.ts'

const GROUP = [0, 1, 2, 3]
const PAYEES = 20

/** Members of the group go through the payees given for each, at times of their own, after what others do. */
function group(random: Random, payeesOf: (member: number) => readonly number[]) {
  const draft = draftEconomy(random, { payers: 12, payees: PAYEES, payments: 150 })
  draft.payments = draft.payments.filter(({ payer }) => !GROUP.includes(payer))
  for (const payer of GROUP) {
    let time = 5 * random.next()
    for (const service of payeesOf(payer)) {
      time += random.exponential() / 4
      draft.payments.push({ payer, payee: draft.payers + service, time, amount: 1e5, service })
    }
  }
  const economy = economyOf(draft)
  return { economy, entities: entitiesOf(economy) }
}

const steps = (random: Random, n: number, services = PAYEES) => Array.from({ length: n }, () => random.below(services))
const onboarding = [4, 7, 11, 15, 18]

testNullModel(sameSequence, {
  draw: (random) => group(random, () => steps(random, 30, 3)),
  plant(random) {
    const script = steps(random, 16)
    return { ...group(random, () => [...steps(random, 4), ...script]), planted: GROUP }
  },
  power: 0.9,
  traps: {
    onboarding: (random) => ({ ...group(random, () => [...onboarding, ...steps(random, 20)]), honest: GROUP }),
    pipeline: (random) => {
      const run = [3, 9, 12, 5, 8]
      const drawn = group(random, () => Array.from({ length: 5 + random.below(20) }, () => run).flat())
      return { ...drawn, honest: GROUP }
    },
  },
})
