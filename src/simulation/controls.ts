import { between, pickZipf } from './draw.ts'
import { buy } from './honest.ts'
import type { Purchase } from './recorder.ts'
import { units, type World } from './world.ts'

/** Who does it: the protocol logs it as its own, or people do it by a plain transfer. */
export type By = 'protocol' | 'hand'

type Sold = readonly { readonly id: string; readonly purchase: Purchase }[]

/**
 * Jobs that fail and are refunded a day later. By hand only customers of one purchase are refunded, who then leave:
 * a transfer does not say which of several payments it is for.
 */
export function refund(world: World, sold: Sold, { share, by }: { readonly share: number; readonly by: By }): void {
  const random = world.random('refunds')
  const flows = new Map<string, number>()
  const flowOf = ({ from, to }: Purchase) => `${from} ${to}`
  for (const { purchase } of sold) flows.set(flowOf(purchase), (flows.get(flowOf(purchase)) ?? 0) + 1)
  for (const { id, purchase } of sold) {
    if (random.next() >= share) continue
    const at = purchase.at + between(random, 0.1, 1)
    if (by === 'protocol') world.recorder.refund(id, purchase, at)
    else if (flows.get(flowOf(purchase)) === 1) {
      const { from, to, amount } = purchase
      world.recorder.send({ from: to, to: from, amount, at })
      world.recorder.explain(id, 'refund')
    }
  }
}

/** Programs that pay on a schedule, day and night, with a second or two of jitter. */
export function runPrograms(
  world: World,
  { payers, everyHours }: { readonly payers: number; readonly everyHours: number },
): void {
  const random = world.random('programs')
  for (let i = 0; i < payers; i++) {
    const starts = between(random, 0, world.days / 2)
    const wallet = world.join(`program ${i}`, starts)
    const service = pickZipf(random, world.services)
    for (let at = starts; at < world.days; at += everyHours / 24) {
      const jitter = random.next() * 2e-5
      world.recorder.pay({ ...buy(random, wallet, service, at + jitter), story: 'automation' })
    }
  }
}

/** A company that sets up its staff and pays wages. The staff buys from the market, or from the company's own service. */
export function employ(
  world: World,
  { staff, runsService }: { readonly staff: number; readonly runsService: boolean },
): void {
  const random = world.random('employer')
  const { recorder } = world
  const company = world.join('company', 0)
  const own = { id: 'company service', payee: company, price: 1 }
  for (let i = 0; i < staff; i++) {
    const employee = recorder.wallet(`employee ${i}`)
    recorder.fund({ from: company, to: employee, amount: 10n ** 15n, at: 0.1 })
    for (let n = 0; n < 4; n++) {
      const service = runsService ? own : pickZipf(random, world.services)
      recorder.pay({ ...buy(random, employee, service, between(random, 0.2, 25)), story: 'employer' })
    }
    for (const at of [26, 56]) recorder.send({ from: company, to: employee, amount: units(3_000), at })
  }
}

/** Pairs of providers that are customers of each other; what one owes is a usage too, or one invoice off the protocol. */
export function tradeBothWays(world: World, { pairs, by }: { readonly pairs: number; readonly by: By }): void {
  const random = world.random('both ways')
  const { recorder } = world
  for (let i = 0; i < pairs; i++) {
    const [first, second] = [`provider ${i}a`, `provider ${i}b`].map((name) => ({
      id: name,
      payee: world.join(name, 0),
      price: 1,
    })) as [World['services'][number], World['services'][number]]
    let bought = 0n
    for (let n = 0; n < 5; n++) {
      const purchase = buy(random, first.payee, second, between(random, 1, 15))
      recorder.pay({ ...purchase, story: 'trading-both-ways' })
      bought += purchase.amount
      if (by === 'protocol')
        recorder.pay({ ...buy(random, second.payee, first, between(random, 1, 20)), story: 'trading-both-ways' })
    }
    if (by === 'hand') recorder.send({ from: second.payee, to: first.payee, amount: bought + units(1), at: 20 })
  }
}

/** Customers of the exchange that send a withdrawal straight to a service: its own wallet is the payer. */
export function payFromExchange(world: World, payments: number): void {
  const random = world.random('exchange')
  const wallet = world.recorder.wallet('exchange')
  for (let i = 0; i < payments; i++) {
    const service = pickZipf(random, world.services)
    world.recorder.pay({ ...buy(random, wallet, service, between(random, 0, world.days)), story: 'exchange' })
  }
}

/** Ways in which one wallet honestly stands on both sides of a payment; ids as the signal `self-payment` declares them. */
export type BothSides = 'settlement-contract' | 'self-test' | 'shared-account'

export function standOnBothSides(
  world: World,
  { story, payments }: { readonly story: BothSides; readonly payments: number },
): void {
  const random = world.random('both sides')
  // A self-test comes before the service opens and is small; the others go on for as long as the market does.
  const test = story === 'self-test'
  const wallet = world.join(story, 0)
  if (story === 'settlement-contract') world.recorder.label(wallet, 'contract')
  const service = { id: story, payee: wallet, price: test ? 0.01 : 1 }
  for (let i = 0; i < payments; i++) {
    const at = between(random, 0.1, test ? 0.5 : world.days)
    world.recorder.pay({ ...buy(random, wallet, service, at), story })
  }
  for (let i = 0; i < payments; i++) {
    const customer = world.join(`customer ${i}`, 1)
    world.recorder.pay(buy(random, customer, service, between(random, 1, world.days)))
  }
}
