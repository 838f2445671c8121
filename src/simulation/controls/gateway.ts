import { personTimes } from '../timing.ts'
import { buy, type Service } from '../world.ts'
import { type Control, groupsOf } from './control.ts'

/**
 * A reseller: its customers pay it for each request, and it asks another service, a few seconds later, at
 * the price of that one and in the name of all of them. One wallet with huge volume that is payer and payee.
 */
export const gateway: Control = (world, purchases) => {
  const random = world.random('gateway')
  const { recorder } = world
  groupsOf(purchases, 2_000).forEach((bought, i) => {
    const name = `gateway ${i}`
    const wallet = world.join(name, 0)
    const service: Service = world.open({ id: name, payee: wallet, price: 0.8, perCall: false })
    const customers = groupsOf(bought / 2, 10)
    customers.forEach((requests, c) => {
      const customer = world.join(`${name} customer ${c}`, 0.1)
      for (const at of personTimes(random, requests, 0.2, world.days - 0.1)) {
        const sold = buy(random, customer, service, at, { control: 'gateway' })
        recorder.pay(sold)
        const asked = world.pickService(random)
        recorder.pay(buy(random, wallet, asked, at + 5e-5, { control: 'gateway', units: sold.units }))
      }
    })
  })
}
