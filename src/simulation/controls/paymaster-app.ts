import { zipf } from '../draw.ts'
import { personTimes } from '../timing.ts'
import { buy } from '../world.ts'
import { type Control, groupsOf, spanIn } from './control.ts'

/**
 * An app with smart accounts made in bulk on sign-up days: one paymaster pays all gas, one bundler sends every
 * transaction, and the users share the three services that the app offers. Each is a person with money of its own.
 */
export const paymasterApp: Control = (world, purchases) => {
  const random = world.random('paymaster-app')
  const { recorder } = world
  groupsOf(purchases, 1_000).forEach((bought, app) => {
    const name = `paymaster-app ${app}`
    const bundler = recorder.wallet(`${name} bundler`)
    const paymaster = recorder.wallet(`${name} paymaster`)
    recorder.label(bundler, 'bundler')
    recorder.label(paymaster, 'paymaster')
    const offered = [0, 1, 2].map(() => world.pickService(random))
    const pick = zipf(offered.length)
    groupsOf(bought, 6).forEach((requests, i) => {
      const joined = 1 + 7 * random.below(Math.floor(world.days / 7) - 1) + random.next() / 24
      const wallet = recorder.wallet(`${name} user ${i}`)
      recorder.account(wallet, '4337', joined)
      recorder.fund({ from: paymaster, to: wallet, amount: 10n ** 14n, at: joined })
      const [from, to] = spanIn(random, joined, world.days, 30)
      for (const at of personTimes(random, requests, from, to)) {
        const service = offered[pick(random)] as (typeof offered)[number]
        recorder.pay(buy(random, wallet, service, at, { control: 'paymaster-app', sender: bundler }))
      }
    })
  })
}
