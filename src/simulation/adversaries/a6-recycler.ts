import { between } from '../draw.ts'
import { personTimes } from '../timing.ts'
import { type Adversary, capital, eachOperator, intents, passOn, payOwn, puppets, rounds, total } from './adversary.ts'

const PUPPETS = 20
const ROUND_DAYS = 10

/**
 * A6. Lets time pass: what the service took lies in an escrow contract, or waits behind a bridge, for 7 to 60 days
 * before it reaches the puppets again, so that no window of days holds both ends.
 */
export const a6Recycler: Adversary = (world, plan) => {
  const { recorder, days } = world
  const bridge = recorder.wallet('bridge')
  eachOperator(world, plan, 400, ({ operator, payments, value, n, random }) => {
    const viaBridge = n % 2 === 1
    const escrow = operator.wallet('escrow')
    if (!viaBridge) recorder.account(escrow, 'contract', 0.3)
    const payers = puppets(operator, PUPPETS)
    for (const to of payers) recorder.fund({ from: world.outside(operator.owner), to, amount: 10n ** 15n, at: 0.5 })
    const times = personTimes(random, payments, 1.5, days - 1)
    const intended = intents(random, { value, times, payers })
    payOwn(world, operator, intended, { level: 'W2' })
    const waiting: { amount: bigint; free: number }[] = []
    for (const round of rounds(intended, ROUND_DAYS)) {
      const starts = (round[0]?.at ?? 1) - 0.2
      for (const [to, amount] of capital(round)) {
        // Capital that has waited long enough is used first; the rest is new money, which `moveMoney` lets in.
        const ready = waiting.find((sum) => sum.free <= starts && sum.amount >= amount)
        if (ready === undefined) continue
        ready.amount -= amount
        if (viaBridge) recorder.bridge({ from: bridge, to, amount, at: starts })
        else recorder.send({ from: escrow, to, amount, at: starts })
      }
      const ends = (round.at(-1)?.at ?? days) + 0.01
      passOn(world, [operator.payee, viaBridge ? bridge : escrow], { amount: total(round), at: ends })
      waiting.push({ amount: total(round), free: ends + between(random, 7, 60) })
    }
  })
}
