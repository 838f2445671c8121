import { BLOCKS_A_DAY, moveKinds } from '../chain.ts'
import type { World } from '../world.ts'
import { type Adversary, eachOperator, least, type Operator } from './adversary.ts'

type Life = readonly { readonly at: number; readonly amount: bigint; readonly units: number }[]

/**
 * A7. Copies people: each wallet lives the life of an honest customer over again, hour by hour, size by size and price
 * by price, some whole days later, and each has its own way through an exchange. Only the payee is always the same.
 */
export const a7Mimic: Adversary = (world, plan) => {
  const lives = honestLives(world)
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
  // Its money comes by a way of its own, as that of every customer: who is behind it stands in the truth alone.
  const from = wallet(name)
  const first = life[0]?.at ?? 1
  recorder.fund({ from: world.outside(`${owner} ${name}`), to: from, amount: 10n ** 16n, at: first })
  let left = budget
  for (const { at, amount, units } of life) {
    const paid = least(amount, left)
    if (paid === 0n) break
    const later = at + shift < days ? at + shift : at
    recorder.pay({ from, to: payee, service, at: later, amount: paid, units, level: 'W2', adversary: id })
    left -= paid
  }
  return left
}

/** What customers of no class bought who came at least five times. */
function honestLives({ recorder }: World): Life[] {
  const { size, kind, from, block, amount, units, control, adversary } = recorder.tape()
  const lives = new Map<number, { at: number; amount: bigint; units: number }[]>()
  for (let move = 0; move < size; move++) {
    if (moveKinds[kind[move] as number] !== 'settled' || control[move] !== -1 || adversary[move] !== -1) continue
    const life = lives.get(from[move] as number) ?? []
    lives.set(from[move] as number, life)
    life.push({
      at: (block[move] as number) / BLOCKS_A_DAY,
      amount: amount[move] as bigint,
      units: units[move] as number,
    })
  }
  return [...lives.values()].filter(({ length }) => length >= 5)
}
