import { whole } from '../draw.ts'
import { personTimes } from '../timing.ts'
import { buy, units } from '../world.ts'
import { type Control, groupsOf, spanIn } from './control.ts'

/**
 * People who keep their money on an exchange: a new wallet for each stay, withdrawn to in round sums, and the rest sent
 * back to their deposit address. Thousands of strangers share one funder and one exit.
 */
export const exchangeUser: Control = (world, purchases) => {
  const random = world.random('exchange-user')
  const { recorder } = world
  const exchange = recorder.wallet('exchange 0')
  groupsOf(purchases, 8).forEach((payments, i) => {
    const [from, to] = spanIn(random, 0.1, world.days - 1, 20)
    const owner = `exchange-user ${i}`
    const wallet = recorder.wallet(owner)
    recorder.fund({ from: exchange, to: wallet, amount: 10n ** 16n, at: Math.max(0, from - 0.05) })
    let spent = 0n
    let last = from
    for (const at of personTimes(random, payments, from, to)) {
      const purchase = buy(random, wallet, world.pickService(random), at, { control: 'exchange-user' })
      recorder.pay(purchase)
      spent += purchase.amount
      last = at
    }
    const kept = units(whole(random, 1, 20))
    recorder.send({ from: exchange, to: wallet, amount: spent + kept, at: Math.max(0, from - 0.04) })
    recorder.send({
      from: wallet,
      to: recorder.wallet(`deposit of ${owner}`, 'exchange 0'),
      amount: kept,
      at: last + 0.5,
    })
  })
}
