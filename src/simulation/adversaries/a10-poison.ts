import type { Actor } from '../actors.ts'
import { moveKinds } from '../chain.ts'
import { between } from '../draw.ts'
import { personTimes } from '../timing.ts'
import type { World } from '../world.ts'
import { type Adversary, capital, eachOperator, intents, passOn, payOwn, puppets, rounds } from './adversary.ts'

const PUPPETS = 12
const FRAMED = 40
const ROUND_DAYS = 6

/**
 * A10. Poisons the evidence: a ring sends its puppets' sums back straight, and at the same time gas and the same sums to
 * honest customers, so that they share its funder and its flows. The framed stay honest, as the truth says.
 */
export const a10Poison: Adversary = (world, plan) => {
  const honest = honestUsages(world)
  eachOperator(world, plan, 400, ({ operator, payments, value, random }) => {
    const { recorder, days } = world
    const payers = puppets(operator, PUPPETS)
    const framed = Array.from({ length: FRAMED }, () => random.pick([...honest.keys()]))
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
        const to2 = random.pick(framed)
        recorder.send({ from: operator.payee, to: to2, amount: amount / 20n, at: ends })
      }
      first = false
    }
    for (const wallet of framed) for (const usage of honest.get(wallet) ?? []) recorder.explain(usage, 'framed')
  })
}

/** Usages of customers of no class, by their wallet. */
function honestUsages({ recorder }: World): Map<Actor, number[]> {
  const { size, kind, from, usage, control, adversary } = recorder.tape()
  const found = new Map<Actor, number[]>()
  for (let move = 0; move < size; move++) {
    if (moveKinds[kind[move] as number] !== 'settled' || control[move] !== -1 || adversary[move] !== -1) continue
    const usages = found.get(from[move] as number) ?? []
    found.set(from[move] as number, usages)
    usages.push(usage[move] as number)
  }
  return found
}
