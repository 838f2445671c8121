import { logNormal, whole } from '../draw.ts'
import { personTimes } from '../timing.ts'
import { buy, type Service } from '../world.ts'
import { type Control, groupsOf, share } from './control.ts'

/** A provider with 5 to 15 customers of its own who buy nowhere else: a closed circle without a coin that comes back. */
export const boutique: Control = (world, purchases) => {
  const random = world.random('boutique')
  groupsOf(purchases, 300).forEach((sold, i) => {
    const name = `boutique ${i}`
    const price = logNormal(random, 1, 0.5)
    const service: Service = world.open({ id: name, payee: world.join(name, 0), price, perCall: false })
    const customers = whole(random, 5, 15)
    for (let c = 0; c < customers; c++) {
      const customer = world.join(`${name} customer ${c}`, 0.1)
      for (const at of personTimes(random, share(sold, customers, c), 0.2, world.days))
        world.recorder.pay(buy(random, customer, service, at, { control: 'boutique' }))
    }
  })
}
