import { whole } from '../draw.ts'
import { personTimes } from '../timing.ts'
import { buy } from '../world.ts'
import { type Control, groupsOf, spanIn } from './control.ts'

/** Newcomers whose first gas is the same drip of one faucet, who buy once to three times and mostly never come back. */
export const faucetUser: Control = (world, purchases) => {
  const random = world.random('faucet-user')
  const { recorder } = world
  const faucet = recorder.wallet('faucet')
  groupsOf(purchases, 2).forEach((_, i) => {
    const [from, to] = spanIn(random, 0.1, world.days, 5)
    const wallet = recorder.wallet(`faucet-user ${i}`)
    recorder.fund({ from: faucet, to: wallet, amount: 10n ** 15n, at: from - 0.05 })
    for (const at of personTimes(random, whole(random, 1, 3), from, to))
      recorder.pay(buy(random, wallet, world.pickService(random), at, { control: 'faucet-user' }))
  })
}
