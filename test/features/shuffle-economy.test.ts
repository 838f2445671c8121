import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Economy } from '../../src/features/economy.ts'
import { shuffleEconomy } from '../../src/features/shuffle-economy.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { draftEconomy, economyOf } from '../support/random-economy.ts'

const WEEK = 604_800_000
const drawn = (seed: number) => economyOf(draftEconomy(randomStream(seed, 'economy')))
const shuffled = (economy: Economy, seed = 1) => shuffleEconomy(economy, randomStream(seed, 'shuffle'))
const week = (time: number) => Math.floor(time / WEEK)

/** Rows of a column with what has to stay with each, in one order. */
const sorted = (rows: readonly (readonly unknown[])[]) => rows.map((row) => row.join(' ')).sort()
const paid = ({ payments: { payee, service, time, asset } }: Economy) =>
  sorted(Array.from(payee, (to, i) => [to, service[i], week(time[i]!), asset[i]]))
const received = ({ transfers: { to, time, asset, isNative } }: Economy) =>
  sorted(Array.from(to, (one, i) => [one, week(time[i]!), asset[i], isNative[i]]))

describe('shuffleEconomy', () => {
  it('keeps who is paid for which service, and sent what, how often in each week', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const economy = drawn(seed)
        const { economy: other } = shuffled(economy, seed)
        expect(paid(other)).toEqual(paid(economy))
        expect(received(other)).toEqual(received(economy))
        expect(other.payments.payer).toBe(economy.payments.payer)
        expect(other.payments.amount).toBe(economy.payments.amount)
        expect(other.transfers.from).toBe(economy.transfers.from)
      }),
      { numRuns: 20 },
    )
  })

  it('leaves kinds of recipients where they were: parties never take the place of services', () => {
    const economy = drawn(3)
    const isService = Uint8Array.from(economy.isService, (_, wallet) => (wallet >= economy.parties ? 1 : 0))
    const { economy: other } = shuffled({ ...economy, isService })
    other.transfers.to.forEach((to, row) => {
      expect(isService[to]).toBe(isService[economy.transfers.to[row]!])
    })
  })

  it('moves most rows, says how many, and draws the same from one seed', () => {
    const economy = drawn(5)
    const first = shuffled(economy, 7)
    const changed = first.economy.payments.payee.filter((to, row) => to !== economy.payments.payee[row]).length
    expect(first.moved.payments).toBe(changed / economy.payments.payee.length)
    expect(first.moved.payments).toBeGreaterThan(0.5)
    expect(shuffled(economy, 7)).toEqual(first)
    expect(shuffled(economy, 8)).not.toEqual(first)
  })

  it('leaves what is not known where it is', () => {
    const economy = drawn(9)
    const payee = economy.payments.payee.map((to, row) => (row % 3 === 0 ? -1 : to))
    const { economy: other } = shuffled({ ...economy, payments: { ...economy.payments, payee } })
    other.payments.payee.forEach((to, row) => {
      expect(to === -1).toBe(row % 3 === 0)
    })
  })

  it('takes the uniform permutation: each payee lands on each payment of its week as often', () => {
    const { payments, ...rest } = drawn(1)
    const rows = 4
    const column = (values: readonly number[]) => Int32Array.from(values)
    const small: Economy = {
      ...rest,
      payments: {
        ...{ payer: column([0, 0, 0, 0]), payee: column([40, 41, 42, 43]), service: column([0, 1, 2, 3]) },
        asset: column([0, 0, 0, 0]),
        ...{ time: new Float64Array(rows), amount: new Float64Array(rows), value: new Float64Array(rows) },
      },
    }
    const counts = new Map<string, number>()
    const random = randomStream(1, 'uniform')
    for (let draw = 0; draw < 6_000; draw += 1) {
      const key = shuffleEconomy(small, random).economy.payments.payee.join(' ')
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    expect(counts.size).toBe(24)
    const chi2 = [...counts.values()].reduce((sum, n) => sum + (n - 250) ** 2 / 250, 0)
    // The 99.9 % quantile of χ² with 23 degrees of freedom.
    expect(chi2).toBeLessThan(49.7)
    expect(payments.payee.length).toBeGreaterThan(rows)
  })
})
