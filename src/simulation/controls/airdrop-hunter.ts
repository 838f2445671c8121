import { between } from '../draw.ts'
import { personTimes } from '../timing.ts'
import { buy, type Service } from '../world.ts'
import { type Control, groupsOf } from './control.ts'

/**
 * People who try every service once or twice while rewards are paid, because breadth may count one day, and who also
 * use one service for their own work, before and after.
 */
export const airdropHunter: Control = (world, purchases) => {
  const random = world.random('airdrop-hunter')
  const more = { control: 'airdrop-hunter' }
  groupsOf(purchases, 30).forEach((bought, i) => {
    const wallet = world.join(`airdrop-hunter ${i}`, 0.1)
    const own = world.pickService(random)
    const tried = Math.round(bought / 3)
    for (let n = 0; n < tried; n++) {
      const service = random.pick(world.services) as Service
      world.recorder.pay(buy(random, wallet, service, between(random, 0.2, world.rewardedUntil), more))
    }
    for (const at of personTimes(random, bought - tried, 0.2, world.days))
      world.recorder.pay(buy(random, wallet, own, at, more))
  })
}
