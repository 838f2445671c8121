import {
  type Adversary,
  capital,
  eachOperator,
  intents,
  metronome,
  passOn,
  payOwn,
  puppets,
  rounds,
  total,
} from './adversary.ts'

const PUPPETS = 20
const ROUND_DAYS = 5

/**
 * A1. A ring: one wallet funds twenty puppets with gas and money, they pay on one beat and all ask the same, and after
 * each round the service sends everything back to the funder.
 */
export const a1Ring: Adversary = (world, plan) => {
  eachOperator(world, plan, 400, ({ operator, payments, value, n, random }) => {
    const { recorder, days } = world
    const funder = world.join(`${operator.owner} funder`, 0.2, operator.owner)
    const payers = puppets(operator, PUPPETS)
    for (const to of payers) recorder.fund({ from: funder, to, amount: 10n ** 15n, at: 0.5 })
    const from = 1 + random.next()
    const intended = intents(random, { value, times: metronome(payments, from, days - 1), payers })
    payOwn(world, operator, intended, { level: 'W1', payload: 1_000_000 + n })
    for (const round of rounds(intended, ROUND_DAYS)) {
      for (const [to, amount] of capital(round)) passOn(world, [funder, to], { amount, at: (round[0]?.at ?? 1) - 0.01 })
      passOn(world, [operator.payee, funder], { amount: total(round), at: (round.at(-1)?.at ?? days) + 0.002 })
    }
  })
}
