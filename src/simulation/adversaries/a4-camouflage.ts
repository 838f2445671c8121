import { between, whole } from '../draw.ts'
import { personTimes } from '../timing.ts'
import { buy } from '../world.ts'
import { launder } from './a3-exchange.ts'
import { type Adversary, intents, operators, partOf, payOwn, puppets } from './adversary.ts'

/**
 * A4. As A3, and 20 to 60 % of the payments of a puppet go to services of strangers, at their price: real money for
 * real use, which is no wash usage and not counted as such.
 */
export const a4Camouflage: Adversary = (world, plan) => {
  const hidden = between(world.random(plan.id), 0.2, 0.6)
  const opened = operators(world, { ...plan, typical: 600 }).map((part) => {
    const payers = puppets(part.operator, whole(part.random, 15, 30))
    for (const at of personTimes(part.random, Math.round(part.payments * hidden), 2, world.days - 1)) {
      const purchase = buy(part.random, part.random.pick(payers), world.pickService(part.random), at)
      world.recorder.pay({ ...purchase, adversary: plan.id })
    }
    return { ...part, payers }
  })
  const budget = plan.budget()
  opened.forEach(({ operator, payments, payers, random }, n) => {
    const washed = Math.max(1, Math.round(payments * (1 - hidden)))
    const times = personTimes(random, washed, 1.5, world.days - 1)
    const intended = intents(random, { value: partOf(budget, opened.length, n), times, payers })
    payOwn(world, operator, intended, { level: 'W2' })
    launder(world, operator, intended)
  })
}
