import type { Actor } from '../actors.ts'
import { personTimes } from '../timing.ts'
import type { World } from '../world.ts'
import {
  type Adversary,
  capital,
  eachOperator,
  type Intent,
  intents,
  type Operator,
  passOn,
  payOwn,
  puppets,
  rounds,
  total,
} from './adversary.ts'

const PUPPETS = 25
const ROUND_DAYS = 6
/** What is left behind as fees, in thousandths. */
const FEE = 1n

/**
 * A3. Through an exchange: each puppet has its gas and money from an exchange, asks something else each time and when
 * people would; the service cashes out to the exchange, and within three days the puppets withdraw as much again.
 */
export const a3Exchange: Adversary = (world, plan) => {
  eachOperator(world, plan, 500, ({ operator, payments, value, random }) => {
    const payers = puppets(operator, PUPPETS)
    const times = personTimes(random, payments, 1.5, world.days - 1)
    const intended = intents(random, { value, times, payers })
    payOwn(world, operator, intended, { level: 'W2' })
    launder(world, operator, intended)
  })
}

/** Funds puppets from an exchange before each round, out of what the service has cashed out there after the one before. */
export function launder(world: World, operator: Operator, intended: readonly Intent[]): void {
  const random = world.random(`${operator.owner} exchange`)
  const { recorder } = world
  const exchange = recorder.wallet(`exchange ${random.below(3)}`)
  const deposit = recorder.wallet(`deposit of ${operator.owner}`, recorder.owner(exchange))
  const known = new Set<Actor>()
  for (const round of rounds(intended, ROUND_DAYS)) {
    const starts = round[0]?.at ?? 1
    for (const [to, amount] of capital(round)) {
      const at = Math.max(0.01, starts - 0.05 - random.next())
      if (!known.has(to)) recorder.fund({ from: exchange, to, amount: 10n ** 15n, at: Math.max(0, at - 0.01) })
      known.add(to)
      recorder.send({ from: exchange, to, amount, at })
    }
    const taken = total(round)
    const amount = taken - (taken * FEE) / 1000n
    passOn(world, [operator.payee, deposit, exchange], { amount, at: (round.at(-1)?.at ?? starts) + 0.01 })
  }
}
