import { between, whole } from '../draw.ts'
import { personTimes } from '../timing.ts'
import { buy, type Service } from '../world.ts'
import { type Control, groupsOf } from './control.ts'

/**
 * Two or three people try a new service within two days before it opens, with little money that its provider gave them;
 * every other provider discloses that as a test. Then customers come.
 */
export const launchTester: Control = (world, purchases) => {
  const random = world.random('launch-tester')
  const { recorder } = world
  groupsOf(purchases, 60).forEach((sold, i) => {
    const name = `launch-tester ${i}`
    const opens = between(random, 3, world.days / 2)
    const payee = world.join(name, opens - 3)
    const service: Service = world.open({ id: name, payee, price: 0.5, perCall: false })
    const more = { control: 'launch-tester', disclosed: i % 2 === 0 }
    const testers = whole(random, 2, 3)
    for (let t = 0; t < testers; t++) {
      const tester = recorder.wallet(`${name} tester ${t}`)
      recorder.fund({ from: payee, to: tester, amount: 10n ** 15n, at: opens - 2.5 })
      recorder.send({ from: payee, to: tester, amount: 5_000_000n, at: opens - 2.4 })
      for (const at of personTimes(random, whole(random, 2, 5), opens - 2, opens))
        recorder.pay(buy(random, tester, { ...service, price: 0.02 }, at, more))
    }
    for (let c = 0; c < sold / 5; c++) {
      const customer = world.join(`${name} customer ${c}`, opens)
      for (const at of personTimes(random, 4, opens, world.days))
        recorder.pay(buy(random, customer, service, at, { control: 'launch-tester' }))
    }
  })
}
