import { between, logNormal } from './draw.ts'
import { personTokens } from './timing.ts'
import { buy, units, type World } from './world.ts'

/** A service whose owner pays it: from its own wallet, and from puppets to which the money goes back. */
export type Ring = {
  readonly puppets: number
  /** Payments of each puppet. */
  readonly payments: number
  /** Payments of the owner to itself. */
  readonly selfPayments: number
  /** What share of each payment goes back. Default 1. */
  readonly returnShare?: number
  /** Wallets through which it goes back. Default 0: straight. */
  readonly hops?: number
  /** Days until it goes back, at most. Default 10. */
  readonly delay?: number
  /** Purchases of each puppet from honest services. Default 1. */
  readonly camouflage?: number
}

const OWNER = 'ring owner'

/**
 * The owner gives each puppet its gas, and sends what a round of payments brought back to the puppet within the delay.
 * Each puppet also buys from honest services, which is no wash usage.
 */
export function plantRing(world: World, ring: Ring): void {
  const { recorder, days } = world
  const { puppets, payments, selfPayments, returnShare = 1, hops = 0, delay = 10, camouflage = 1 } = ring
  const random = world.random('ring')
  const owner = world.join(OWNER, 0)
  // What comes back whole, over a few wallets and soon is a closed loop; else it is one entity all the same.
  const level = returnShare >= 0.9 && hops <= 3 && delay < 29 ? 'W1' : 'W2'
  const purchase = (from: number, at: number) => {
    const amount = units(logNormal(random, 1, 0.5))
    return { from, to: owner, service: 'ring service', amount, at, units: personTokens(random), adversary: 'ring' }
  }
  for (let i = 0; i < selfPayments; i++) recorder.pay({ ...purchase(owner, between(random, 0, days)), level: 'W0' })
  for (let i = 0; i < puppets; i++) {
    const puppet = recorder.wallet(`puppet ${i}`, OWNER)
    const route = [
      owner,
      ...Array.from({ length: hops }, (_, hop) => recorder.wallet(`puppet ${i} way ${hop}`, OWNER)),
      puppet,
    ]
    recorder.fund({ from: owner, to: puppet, amount: 10n ** 15n, at: 0.1 })
    let at = between(random, 0.2, days / 4)
    let owed = 0n
    for (let n = 1; n <= payments; n++) {
      const paid = purchase(puppet, at)
      recorder.pay({ ...paid, level })
      owed += (paid.amount * BigInt(Math.round(returnShare * 1000))) / 1000n
      at += between(random, 0.01, 0.5)
      if (n < payments && random.next() < 0.5) continue
      const back = at + between(random, 0.1, delay)
      for (let hop = 1; hop < route.length && owed > 0n; hop++)
        recorder.send({ from: route[hop - 1]!, to: route[hop]!, amount: owed, at: back + hop / 1000 })
      // Long delays are not waited for, so that all is paid while the market is open.
      at = Math.min(back, at + days / 2 / payments)
      owed = 0n
    }
    for (let n = 0; n < camouflage; n++)
      recorder.pay({ ...buy(random, puppet, world.pickService(random), between(random, 0.2, days)), adversary: 'ring' })
  }
}
