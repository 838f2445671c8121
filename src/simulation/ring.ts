import { between, logNormal, pickZipf } from './draw.ts'
import { buy } from './honest.ts'
import { units, type World } from './world.ts'

/** A service whose owner pays it: from its own wallet, and from puppets to which the money goes back. */
export type Ring = {
  readonly puppets: number
  /** Payments of each puppet. */
  readonly payments: number
  /** Payments of the owner to itself. */
  readonly selfPayments: number
  /** What share of each payment goes back. Default 1. */
  readonly returnShare?: number
}

/**
 * The owner gives each puppet its gas, and sends what a round of payments brought back to the puppet within ten days.
 * Each puppet also buys once from an honest service, which is no wash usage.
 */
export function plantRing(world: World, { puppets, payments, selfPayments, returnShare = 1 }: Ring): void {
  const { recorder, days } = world
  const random = world.random('ring')
  const owner = world.join('ring owner', 0)
  const price = () => units(logNormal(random, 1, 0.5))
  const purchase = { to: owner, service: 'ring service' }
  for (let i = 0; i < selfPayments; i++)
    recorder.pay({ ...purchase, from: owner, amount: price(), at: between(random, 0, days), kind: 'self' })
  for (let i = 0; i < puppets; i++) {
    const puppet = recorder.wallet(`puppet ${i}`)
    recorder.fund({ from: owner, to: puppet, amount: 10n ** 15n, at: 0.1 })
    let at = between(random, 0.2, days / 4)
    let owed = 0n
    for (let n = 1; n <= payments; n++) {
      const amount = price()
      recorder.pay({ ...purchase, from: puppet, amount, at, kind: 'ring' })
      owed += (amount * BigInt(Math.round(returnShare * 1000))) / 1000n
      at += between(random, 0.01, 0.5)
      if (n < payments && random.next() < 0.5) continue
      at += between(random, 0.1, 10)
      recorder.send({ from: owner, to: puppet, amount: owed, at })
      owed = 0n
    }
    recorder.pay(buy(random, puppet, pickZipf(random, world.services), between(random, 0.2, days)))
  }
}
