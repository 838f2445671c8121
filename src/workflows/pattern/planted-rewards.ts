import { moveKinds } from '../../simulation/chain.ts'
import type { Recording } from '../../simulation/index.ts'

/** What a programme really paid, in the smallest unit: to those who pay themselves, to those who stop at its target, and to both. */
export type PlantedRewards = {
  readonly W0: number
  readonly W4: number
  readonly together: number
  readonly all: number
}

/** A wallet is what its owner planted it as, whatever else it did. */
export function plantedRewards({ tape, names }: Recording): PlantedRewards {
  const kindOf = new Map<number, string>()
  for (let move = 0; move < tape.size; move += 1) {
    const kind = names[tape.adversary[move]!]
    if (moveKinds[tape.kind[move]!] === 'settled' && kind !== undefined) kindOf.set(tape.from[move]!, kind)
  }
  const sums = { padder: 0, stopper: 0, all: 0 }
  for (let move = 0; move < tape.size; move += 1) {
    if (moveKinds[tape.kind[move]!] !== 'reward') continue
    const [kind, amount] = [kindOf.get(tape.to[move]!), Number(tape.amount[move]!)]
    sums.all += amount
    if (kind === 'padder' || kind === 'stopper') sums[kind] += amount
  }
  return { W0: sums.padder, W4: sums.stopper, together: sums.padder + sums.stopper, all: sums.all }
}
