import { between } from '../draw.ts'
import { personTimes } from '../timing.ts'
import {
  type Adversary,
  capital,
  eachOperator,
  honestUsages,
  intents,
  passOn,
  payOwn,
  puppets,
  rounds,
} from './adversary.ts'

const PUPPETS = 12
const FRAMED = 40
const ROUND_DAYS = 6

/**
 * A10. Poisons the evidence: a ring sends its puppets' money back straight, and with each round a twentieth of it, and gas
 * at the start, to honest customers, so that they share its funder and its flows. The framed stay honest in the truth.
 */
export const a10Poison: Adversary = (world, plan) => {
  const honest = honestUsages(world)
  const customers = [...honest.keys()]
  eachOperator(world, plan, 400, ({ operator, payments, value, random }) => {
    const { recorder, days } = world
    const payers = puppets(operator, PUPPETS)
    const framed = Array.from({ length: FRAMED }, () => random.pick(customers))
    for (const to of [...payers, ...framed])
      recorder.fund({ from: operator.payee, to, amount: 10n ** 15n, at: between(random, 0.1, 1) })
    const intended = intents(random, { value, times: personTimes(random, payments, 1.5, days - 1), payers })
    payOwn(world, operator, intended, { level: 'W1' })
    let first = true
    for (const round of rounds(intended, ROUND_DAYS)) {
      const ends = (round.at(-1)?.at ?? days) + 0.05
      for (const [to, amount] of capital(round)) {
        if (first) passOn(world, [operator.payee, to], { amount, at: 1.1 })
        passOn(world, [operator.payee, to], { amount, at: ends })
        recorder.send({ from: operator.payee, to: random.pick(framed), amount: amount / 20n, at: ends })
      }
      first = false
    }
    for (const wallet of framed) for (const usage of honest.get(wallet) ?? []) recorder.explain(usage, 'framed')
  })
}
