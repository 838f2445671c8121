import { between } from './draw.ts'
import { buy, type Service, units, type World } from './world.ts'

/** Who does it: the protocol logs it as its own, or people do it by a plain transfer. */
export type By = 'protocol' | 'hand'

/**
 * Jobs that fail and are refunded a day later. By hand only customers of one purchase are refunded, who then leave:
 * a transfer does not say which of several payments it is for.
 */
export function refund(
  world: World,
  sold: readonly number[],
  { share, by }: { readonly share: number; readonly by: By },
): void {
  const random = world.random('refunds')
  const failed = sold.filter(() => random.next() < share)
  const flows = by === 'hand' ? countFlows(world, sold) : null
  for (const usage of failed) {
    const { from, to, amount, at } = world.recorder.purchase(usage)
    const later = at + between(random, 0.1, 1)
    if (flows === null) world.recorder.refund(usage, later)
    else if (flows.get(`${from} ${to}`) === 1) {
      world.recorder.send({ from: to, to: from, amount, at: later })
      world.recorder.explain(usage, 'refund')
    }
  }
}

/** How often each customer bought of each payee. */
function countFlows(world: World, sold: readonly number[]): Map<string, number> {
  const flows = new Map<string, number>()
  for (const usage of sold) {
    const { from, to } = world.recorder.purchase(usage)
    flows.set(`${from} ${to}`, (flows.get(`${from} ${to}`) ?? 0) + 1)
  }
  return flows
}

/** Pairs of providers that are customers of each other; what one owes is a usage too, or one invoice off the protocol. */
export function tradeBothWays(world: World, { pairs, by }: { readonly pairs: number; readonly by: By }): void {
  const random = world.random('both ways')
  const { recorder } = world
  for (let i = 0; i < pairs; i++) {
    const [first, second] = ['a', 'b'].map((side): Service => {
      const id = `provider ${i}${side}`
      return { id, payee: world.join(id, 0), price: 1, perCall: false }
    }) as [Service, Service]
    const control = 'trading-both-ways'
    let bought = 0n
    for (let n = 0; n < 5; n++) {
      const purchase = buy(random, first.payee, second, between(random, 1, 15), { control })
      recorder.pay(purchase)
      bought += purchase.amount
      if (by === 'protocol') recorder.pay(buy(random, second.payee, first, between(random, 1, 20), { control }))
    }
    if (by === 'hand') recorder.send({ from: second.payee, to: first.payee, amount: bought + units(1), at: 20 })
  }
}

/** Customers of the exchange that send a withdrawal straight to a service: its own wallet is the payer. */
export function payFromExchange(world: World, payments: number): void {
  const random = world.random('exchange')
  const wallet = world.recorder.wallet('exchange')
  for (let i = 0; i < payments; i++) {
    const at = between(random, 0, world.days)
    world.recorder.pay(buy(random, wallet, world.pickService(random), at, { control: 'exchange' }))
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
  const service: Service = { id: story, payee: wallet, price: test ? 0.01 : 1, perCall: false }
  for (let i = 0; i < payments; i++) {
    const at = between(random, 0.1, test ? 0.5 : world.days)
    world.recorder.pay(buy(random, wallet, service, at, { control: story }))
  }
  for (let i = 0; i < payments; i++) {
    const customer = world.join(`customer ${i}`, 1)
    world.recorder.pay(buy(random, customer, service, between(random, 1, world.days)))
  }
}

/** Ways in which honest money goes round over one more wallet; ids as the signal `closed-loop` declares them. */
export type Round = 'refund' | 'employer' | 'own-desk'

/**
 * Customers who buy one service and no other. They are refunded by a wallet for that, or were given what they pay by the
 * till of their company or by a desk that changes money for this one service, to which its takings go at the end.
 */
export function goRound(
  world: World,
  { story, customers }: { readonly story: Round; readonly customers: number },
): void {
  const random = world.random('round')
  const { recorder } = world
  const payee = world.join(story, 0)
  const between = world.join(`${story} between`, 0)
  const service: Service = { id: story, payee, price: 1, perCall: false }
  let taken = 0n
  for (let i = 0; i < customers; i++) {
    const customer = world.join(`${story} customer ${i}`, 0)
    const purchase = buy(random, customer, service, 1 + 10 * random.next(), { control: story })
    const { amount, at } = purchase
    recorder.pay(purchase)
    taken += amount
    if (story === 'refund') {
      recorder.send({ from: payee, to: between, amount, at: at + 1 })
      recorder.send({ from: between, to: customer, amount, at: at + 2 })
    } else recorder.send({ from: between, to: customer, amount, at: at - 0.5 })
  }
  if (story !== 'refund') recorder.send({ from: payee, to: between, amount: taken, at: 15 })
}
