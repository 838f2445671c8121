import { between, zipf } from './draw.ts'
import { personTimes } from './timing.ts'
import { buy, type Service, type World } from './world.ts'

const favourite = zipf(3)

/**
 * Honest demand: the customer of rank r buys 1/r as often as the first, from a few services that it keeps to, between
 * the day it arrives and the day it leaves. Returns the usages, in the order of the customers.
 */
export function honestDemand(world: World, consumers: number): number[] {
  const random = world.random('demand')
  const sold: number[] = []
  for (let rank = 1; rank <= consumers; rank++) {
    const arrives = between(random, 0, world.days * 0.7)
    const leaves = Math.min(world.days, arrives + 1 + random.exponential() * world.days * 0.5)
    const favourites = [0, 1, 2].map(() => world.pickService(random))
    const wallet = world.join(`consumer ${rank}`, arrives)
    for (const at of personTimes(random, Math.floor(consumers / rank), arrives, leaves))
      sold.push(world.recorder.pay(buy(random, wallet, favourites[favourite(random)] as Service, at)))
  }
  return sold
}

/** How many customers buy about so often in all. */
export function consumersFor(purchases: number): number {
  let [low, high] = [1, Math.max(1, purchases)]
  const bought = (n: number) => n * (Math.log(n) + 0.154)
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (bought(middle) < purchases) low = middle + 1
    else high = middle
  }
  return low
}
