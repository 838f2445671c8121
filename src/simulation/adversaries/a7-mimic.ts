import { roundSum } from '../money.ts'
import type { World } from '../world.ts'
import { type Adversary, eachOperator, honestUsages, least, type Operator } from './adversary.ts'

type Life = readonly { readonly at: number; readonly amount: bigint; readonly units: number }[]

/**
 * A7. Copies people: each wallet lives the life of an honest customer over again, hour by hour, size by size and price
 * by price, some whole days later, and with money that comes by a way of its own. Only the payee is always the same.
 */
export const a7Mimic: Adversary = (world, plan) => {
  // Whoever came at least five times has a life to copy.
  const lives = [...honestUsages(world).values()]
    .filter(({ length }) => length >= 5)
    .map((usages) => usages.map(world.recorder.purchase))
  eachOperator(world, plan, 500, ({ operator, random, value }) => {
    let budget = value
    world.sweep({ wallet: operator.payee, to: null })
    for (let i = 0; budget > 0n; i++)
      budget = live(world, operator, { name: `mimic ${i}`, life: random.pick(lives), shift: random.below(7), budget })
  })
}

/** Lives one life over again as far as the budget goes; what is left of the budget. */
function live(
  world: World,
  { id, owner, payee, service, wallet }: Operator,
  {
    name,
    life,
    shift,
    budget,
  }: { readonly name: string; readonly life: Life; readonly shift: number; readonly budget: bigint },
): bigint {
  const { recorder, days } = world
  const from = wallet(name)
  const starts = life[0]?.at ?? 1
  let left = budget
  for (const { at, amount, units } of life) {
    const paid = least(amount, left)
    if (paid === 0n) break
    const later = at + shift < days ? at + shift : at
    recorder.pay({ from, to: payee, service, at: later, amount: paid, units, level: 'W2', adversary: id })
    left -= paid
  }
  // Its money comes by a way of its own, as that of every customer: who is behind it stands in the truth alone.
  const source = world.outside(`${owner} ${name}`)
  recorder.fund({ from: source, to: from, amount: 10n ** 16n, at: Math.max(0, starts - 0.02) })
  recorder.send({ from: source, to: from, amount: roundSum(budget - left), at: Math.max(0, starts - 0.01) })
  return left
}
