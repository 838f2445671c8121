import { personTimes } from '../timing.ts'
import { buy, type Service } from '../world.ts'
import { type Control, groupsOf } from './control.ts'

/**
 * Providers of the market that buy from other providers what they need, out of what they earned; now and then two of
 * them are customers of each other.
 */
export const providerConsumer: Control = (world, purchases) => {
  const random = world.random('provider-consumer')
  groupsOf(purchases, 150).forEach((bought, i) => {
    const buyer = world.services[i % world.services.length] as Service
    for (const at of personTimes(random, bought, 1, world.days)) {
      let service = world.pickService(random)
      while (service.payee === buyer.payee) service = random.pick(world.services)
      world.recorder.pay(buy(random, buyer.payee, service, at, { control: 'provider-consumer' }))
    }
  })
}
