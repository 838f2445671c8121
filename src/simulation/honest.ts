import type { Random } from '../statistics/random.ts'
import { between, logNormal, pickZipf } from './draw.ts'
import type { Purchase } from './recorder.ts'
import { type Service, units, type World } from './world.ts'

/** What one use costs: the list price times the size of the job. */
export function buy(random: Random, from: string, service: Service, at: number): Purchase {
  const amount = units(service.price * logNormal(random, 1, 0.8))
  return { from, to: service.payee, service: service.id, amount, at }
}

/**
 * Honest demand: the customer of rank r buys 1/r as often as the first, from a few services that it keeps to, between
 * the day it arrives and the day it leaves.
 */
export function honestDemand(world: World, consumers: number): { readonly id: string; readonly purchase: Purchase }[] {
  const random = world.random('demand')
  const sold: { id: string; purchase: Purchase }[] = []
  for (let rank = 1; rank <= consumers; rank++) {
    const arrives = between(random, 0, world.days * 0.7)
    const leaves = Math.min(world.days, arrives + 1 + random.exponential() * world.days * 0.5)
    const favourites = [0, 1, 2].map(() => pickZipf(random, world.services))
    const wallet = world.join(`consumer ${rank}`, arrives)
    const times = Array.from({ length: Math.max(1, Math.floor(consumers / rank)) }, () =>
      between(random, arrives, leaves),
    )
    for (const at of times.sort((a, b) => a - b)) {
      const purchase = buy(random, wallet, pickZipf(random, favourites), at)
      sold.push({ id: world.recorder.pay(purchase), purchase })
    }
  }
  return sold
}

/** Each service sends what it took in a week out of the market, a week later. */
export function cashOut(world: World): void {
  for (const { id, payee } of world.services) {
    const takings = new Map<number, bigint>()
    for (const { to, amount, at } of world.recorder.purchases()) {
      const week = Math.floor(at / 7)
      if (to === payee) takings.set(week, (takings.get(week) ?? 0n) + amount)
    }
    for (const [week, amount] of takings)
      world.recorder.send({ from: payee, to: world.outside(id), amount, at: 7 * (week + 2) })
  }
}
