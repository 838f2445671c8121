import { payloadRepetition } from '../../src/signals/payload-repetition.ts'
import type { Random } from '../../src/statistics/random.ts'
import { draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { testNullModel } from '../support/test-null-model.ts'

type Told = { readonly mine: readonly number[]; readonly payload: number; readonly onePayee?: boolean }

/** Payers ask something new each time, or one of a few templates again and again; some are told what, and some whom. */
function market(random: Random, { mine, payload, onePayee = false }: Told) {
  const draft = draftEconomy(random, { payers: 40, payees: 6, payments: 350 })
  const main = Array.from({ length: draft.payers }, () => random.pick([-1, -1, 0, 1, 2]))
  for (const payer of mine) main[payer] = payload
  if (onePayee) {
    const others = draft.payments.filter(({ payer }) => !mine.includes(payer))
    const timesOf = (service: number) => others.filter((payment) => payment.service === service).length
    const service = [0, 1, 2, 3, 4, 5].sort((a, b) => timesOf(a) - timesOf(b))[0]!
    const told = mine.flatMap((payer) =>
      Array.from({ length: 25 }, () => ({
        ...{ payer, payee: draft.payers + service, time: 60 * random.next(), amount: 1e5, service },
      })),
    )
    draft.payments = [...others, ...told]
  }
  const payloads = Int32Array.from(draft.payments, ({ payer }, i) =>
    main[payer] === -1 || random.next() < 0.1 ? 10 + i : main[payer]!,
  )
  const economy = economyOf(draft)
  return { economy, entities: entitiesOf(economy), features: { payloads } }
}

const group = [0, 1, 2, 3, 4, 5, 6, 7]

testNullModel(payloadRepetition, {
  draw: (random) => market(random, { mine: [], payload: -1 }),
  plant: (random) => ({ ...market(random, { mine: group, payload: 5, onePayee: true }), planted: group }),
  power: 0.9,
  traps: {
    'shared-template': (random) => ({ ...market(random, { mine: group, payload: 5 }), honest: group }),
    'popular-payee': (random) => {
      const all = Array.from({ length: 40 }, (_, payer) => payer)
      return { ...market(random, { mine: all.filter((payer) => payer % 2 === 0), payload: 5 }), honest: all }
    },
  },
})
