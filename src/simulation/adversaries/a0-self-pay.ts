import { type Adversary, capital, eachOperator, intents, passOn, payOwn, randomTimes, rounds } from './adversary.ts'

const ROUND_DAYS = 5

/**
 * A0. The plainest: every other operator pays its own wallet; the rest use a second wallet that they fund straight from
 * the first, and send what it paid straight back after each round.
 */
export const a0SelfPay: Adversary = (world, plan) => {
  eachOperator(world, plan, 120, ({ operator, payments, value, n, random }) => {
    const { recorder, days } = world
    const second = n % 2 === 0 ? operator.payee : operator.wallet('second')
    const times = randomTimes(random, payments, 1, days - 1)
    const intended = intents(random, { value, times, payers: [second] })
    if (second === operator.payee) return payOwn(world, operator, intended, { level: 'W0' })
    recorder.fund({ from: operator.payee, to: second, amount: 10n ** 15n, at: 0.5 })
    payOwn(world, operator, intended, { level: 'W1' })
    let last = 0.6
    for (const round of rounds(intended, ROUND_DAYS))
      for (const [wallet, amount] of capital(round)) {
        // The first round is paid with money of the operator's own; each later one with what came back before it.
        if (last === 0.6) passOn(world, [operator.payee, wallet], { amount, at: last })
        last = (round.at(-1)?.at ?? last) + 0.01
        passOn(world, [operator.payee, wallet], { amount, at: last })
      }
  })
}
