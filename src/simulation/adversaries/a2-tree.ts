import type { Actor } from '../actors.ts'
import {
  type Adversary,
  capital,
  eachOperator,
  intents,
  passOn,
  payOwn,
  puppets,
  randomTimes,
  rounds,
  total,
} from './adversary.ts'

const PUPPETS = 30
const BRANCHES = 5
const ROUND_DAYS = 8

/**
 * A2. A tree: a root funds branches, and they fund the puppets, so that no funder has more than a few; payments come at
 * random, and what the service took goes to the root through a wallet of its own and down the tree again.
 */
export const a2Tree: Adversary = (world, plan) => {
  eachOperator(world, plan, 500, ({ operator, payments, value, random }) => {
    const { recorder, days } = world
    const root = world.join(`${operator.owner} root`, 0.2, operator.owner)
    const exit = operator.wallet('exit')
    const payers = puppets(operator, PUPPETS)
    const branches = Array.from({ length: BRANCHES }, (_, i) => operator.wallet(`branch ${i}`))
    const branchOf = (puppet: Actor) => branches[payers.indexOf(puppet) % BRANCHES] as Actor
    const gas = 10n ** 15n
    for (const to of branches) recorder.fund({ from: root, to, amount: gas * 10n, at: 0.4 })
    for (const to of payers) recorder.fund({ from: branchOf(to), to, amount: gas, at: 0.5 + random.next() / 4 })
    const intended = intents(random, { value, times: randomTimes(random, payments, 1.5, days - 1), payers })
    payOwn(world, operator, intended, { level: 'W1' })
    for (const round of rounds(intended, ROUND_DAYS)) {
      for (const [to, amount] of capital(round))
        passOn(world, [root, branchOf(to), to], { amount, at: (round[0]?.at ?? 1) - 0.3 * random.next() - 0.05 })
      passOn(world, [operator.payee, exit, root], { amount: total(round), at: (round.at(-1)?.at ?? days) + 0.1 })
    }
  })
}
