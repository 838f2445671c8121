import { describe, expect, it } from 'vitest'
import { pairsOf } from '../../src/clusters/entity-pairs.ts'

const entities = { count: 3, of: Int32Array.of(0, 1, 2, 0), founder: Int32Array.of(0, 1, 2) }

describe('pairsOf', () => {
  it('adds up what entities pay each other, and leaves out payments to oneself and of unknown parties', () => {
    const pairs = pairsOf(
      {
        payer: Int32Array.of(1, 0, 3, 0, -1, 0, 2),
        payee: Int32Array.of(0, 1, 1, 3, 1, 2, 1),
        value: Float64Array.of(1, 2, 4, 8, 16, 32, 64),
      },
      entities,
    )
    expect([...pairs.offsets]).toEqual([0, 2, 3, 4])
    expect([...pairs.payer]).toEqual([0, 0, 1, 2])
    expect([...pairs.payee]).toEqual([1, 2, 0, 1])
    expect([...pairs.payments]).toEqual([2, 1, 1, 1])
    expect([...pairs.value]).toEqual([6, 32, 1, 64])
    expect([...pairs.pairOf]).toEqual([2, 0, 0, -1, -1, 1, 3])
  })
})
