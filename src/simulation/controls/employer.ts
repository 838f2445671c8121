import type { Actor } from '../actors.ts'
import { whole } from '../draw.ts'
import { personTimes } from '../timing.ts'
import { buy, type Service, units, type World } from '../world.ts'
import { type Control, groupsOf, share } from './control.ts'

/** Wages in dollars, paid every thirty days. */
const WAGE = 3_000

/**
 * A company of 10 to 50 people sets up a wallet for each, pays its gas and its wages, and they buy what they need from
 * the market: one funder, many wallets, honest demand.
 */
export const employer: Control = (world, purchases) => {
  const random = world.random('employer')
  groupsOf(purchases, 300).forEach((bought, i) => {
    employ(world, { name: `employer ${i}`, control: 'employer', staff: whole(random, 10, 50), purchases: bought })
  })
}

/** Sets up one company; its staff buys from the market, or from a service that the company itself runs. */
export function employ(
  world: World,
  options: {
    readonly name: string
    readonly control: string
    readonly staff: number
    readonly purchases: number
    readonly runsService?: boolean
  },
): void {
  const { name, control, staff, purchases, runsService = false } = options
  const random = world.random(name)
  const { recorder, days } = world
  const company = world.join(name, 0)
  const own: Service = { id: `${name} service`, payee: company, price: 1, perCall: false }
  const until = runsService ? 25 : days
  for (let i = 0; i < staff; i++) {
    const employee: Actor = recorder.wallet(`${name} employee ${i}`, name)
    recorder.fund({ from: company, to: employee, amount: 10n ** 15n, at: 0.1 })
    for (const at of personTimes(random, share(purchases, staff, i), 0.2, until))
      recorder.pay(buy(random, employee, runsService ? own : world.pickService(random), at, { control }))
    for (let at = 26; at < days; at += 30) recorder.send({ from: company, to: employee, amount: units(WAGE), at })
  }
}
