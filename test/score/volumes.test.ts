import { describe, expect, it } from 'vitest'
import { entityVolumes, ownShares } from '../../src/score/volumes.ts'

const entities = { count: 2, of: Int32Array.of(0, 1, 0), founder: Int32Array.of(0, 1) }
const payments = { payer: Int32Array.of(0, 2, 1, -1, 0), value: Float64Array.of(1, 2, 4, 8, 16) }
const consumers = {
  consumer_index: Int32Array.of(1, 1, 1, 2, 5),
  units_a: BigInt64Array.of(0n, 0n, 0n, 0n, 1n),
  units_b: BigInt64Array.of(0n, 0n, 0n, 1n, 0n),
  units_c: BigInt64Array.of(1n, 2n, 3n, 4n, 5n),
}

describe('entityVolumes', () => {
  const { value, count, units, users } = entityVolumes(payments, entities, consumers)

  it('adds up what each entity pays; usage without a payer is in the whole alone', () => {
    expect([[...value.ofEntity], value.total]).toEqual([[19, 4], 31])
    expect([[...count.ofEntity], count.total]).toEqual([[3, 1], 5])
    expect([...units.ofEntity]).toEqual([1e26 + 8, 3])
    expect(units.total).toBe(1e26 + 1e13 + 15)
  })

  it('gives a user to whoever pays for half of its usage or more, else to nobody', () => {
    expect([[...users.ofEntity], users.total]).toEqual([[2, 0], 3])
  })
})

describe('ownShares', () => {
  it('is the share of payments between two wallets of one entity', () => {
    const payee = Int32Array.of(1, 0, 0, 0, -1)
    expect([...ownShares({ payer: payments.payer, payee }, entities)]).toEqual([1 / 3, 0])
    expect([...ownShares({ payer: Int32Array.of(0, 0), payee: Int32Array.of(2, 0) }, entities)]).toEqual([1, 0])
  })
})
