import type { Actor } from '../actors.ts'
import { programTimes } from '../timing.ts'
import { buy, type Service } from '../world.ts'
import { type Adversary, eachOperator, least } from './adversary.ts'

const WALLETS = 40
/** As long as services allow: the reward is paid for volume. */
const TOKENS = 4_000

/**
 * A5. Farms: where consumption is rewarded, one person lets programs in forty wallets ask honest services the same again
 * and again, until the rewards stop, and sweeps what they pay into one wallet. The payees know nothing of it.
 */
export const a5Farmer: Adversary = (world, plan) => {
  eachOperator(world, plan, 800, ({ operator, payments, n, random, value }) => {
    const { recorder, rewardedUntil } = world
    const funder = world.join(`${operator.owner} funder`, 0.2, operator.owner)
    const sweep = operator.wallet('sweep')
    let budget = value
    for (let i = 0; budget > 0n; i++) {
      const wallet: Actor = operator.wallet(`farm ${i}`)
      const service: Service = world.pickService(random)
      recorder.fund({ from: funder, to: wallet, amount: 10n ** 15n, at: 0.5 })
      world.sweep({ wallet, to: sweep })
      const hours = (24 * rewardedUntil * WALLETS) / payments
      for (const at of programTimes(random, { hours, from: 1 + random.next(), to: rewardedUntil })) {
        const purchase = buy(random, wallet, service, at, { units: TOKENS, payload: 2_000_000 + n })
        const amount = least(purchase.amount, budget)
        if (amount > 0n) recorder.pay({ level: 'W4', adversary: plan.id, ...purchase, amount })
        budget -= amount
      }
    }
  })
}
