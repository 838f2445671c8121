import { between, logNormal, whole } from '../draw.ts'
import { buy, type Service } from '../world.ts'
import { type Control, groupsOf } from './control.ts'

/** Hundreds of strangers try a new model within an hour of its release; some come back for a second request. */
export const eventSpike: Control = (world, purchases) => {
  const random = world.random('event-spike')
  groupsOf(purchases, 400).forEach((bought, i) => {
    const name = `event-spike ${i}`
    const released = between(random, 1, world.days - 1)
    const service: Service = world.open({ id: name, payee: world.join(name, released - 1), price: 0.3, perCall: false })
    for (let buyer = 0, done = 0; done < bought; buyer++) {
      // They are customers already: their wallets are older than the event.
      const wallet = world.join(`${name} buyer ${buyer}`, between(random, 0, released))
      const first = released + logNormal(random, 15, 0.8) / 1440
      for (let n = whole(random, 1, 2); n > 0; n--, done++)
        world.recorder.pay(
          buy(random, wallet, service, Math.min(world.days - 0.01, first + n / 200), { control: 'event-spike' }),
        )
    }
  })
}
