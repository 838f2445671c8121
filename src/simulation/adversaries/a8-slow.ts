import { between, whole } from '../draw.ts'
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

/** Below every size from which cohorts are looked for. */
const MOST_WALLETS = 7
const ROUND_DAYS = 20
const BESIDE = 1

/**
 * A8. Slow and small: many operators with three to seven wallets and a payment every few days. Their money comes over a
 * bridge from another chain, where one wallet of the operator sends it off, and goes back by the same way.
 */
export const a8Slow: Adversary = (world, plan) => {
  const { recorder, days } = world
  const bridge = recorder.wallet('bridge')
  eachOperator(world, plan, 60, ({ operator, payments, value, random }) => {
    const home = operator.wallet('home')
    const payers = puppets(operator, whole(random, 3, MOST_WALLETS))
    for (const to of payers)
      recorder.fund({
        from: world.outside(`${operator.owner} ${to}`),
        to,
        amount: 10n ** 15n,
        at: between(random, 0, 1),
      })
    const intended = intents(random, { value, times: randomTimes(random, payments, 2, days - 2), payers })
    payOwn(world, operator, intended, { level: 'W2' })
    for (const round of rounds(intended, ROUND_DAYS)) {
      for (const [to, amount] of capital(round)) {
        const at = (round[0]?.at ?? 2) - between(random, 0.1, 1)
        recorder.send({ from: home, to: bridge, amount, at, chain: BESIDE })
        recorder.bridge({ from: bridge, to, amount, at: at + 0.01 })
      }
      const at = passOn(world, [operator.payee, bridge], { amount: total(round), at: (round.at(-1)?.at ?? days) + 0.2 })
      recorder.bridge({ from: bridge, to: home, amount: total(round), at: at + 0.01, chain: BESIDE })
    }
  })
}
