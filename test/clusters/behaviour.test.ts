import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  BEHAVIOUR_BINS,
  behaviourBin,
  behaviourNull,
  behaviourOf,
  SIZE_BINS,
  TIME_CUTS,
} from '../../src/clusters/behaviour.ts'

const arbitraryWallet = fc.tuple(
  fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 20_000_000 })),
  fc.oneof(fc.integer({ min: 1, max: 5 }), fc.double({ min: 0.5, max: 2000, noNaN: true })),
)
const activity = (wallets: readonly (readonly [seconds: number, size: number])[]) => ({
  nodes: wallets.length,
  wallets: wallets.length,
  firstUse: Float64Array.from(wallets, ([seconds]) => seconds * 1000),
  size: Float64Array.from(wallets, ([, size]) => size),
  from: new Int32Array(0),
  to: new Int32Array(0),
  type: new Uint8Array(0),
  count: new Int32Array(0),
})

describe('behaviourNull', () => {
  it('counts every pair of wallets in its bin', () => {
    fc.assert(
      fc.property(fc.array(arbitraryWallet, { minLength: 2, maxLength: 40 }), (wallets) => {
        const behaviour = behaviourOf(activity(wallets))
        const counts = new Float64Array(BEHAVIOUR_BINS).fill(0.5)
        for (let i = 0; i < wallets.length; i++)
          for (let j = i + 1; j < wallets.length; j++) counts[behaviourBin(behaviour, i, j)]!++
        const total = (wallets.length * (wallets.length - 1)) / 2 + BEHAVIOUR_BINS / 2
        const found = behaviourNull(behaviour)
        for (let bin = 0; bin < BEHAVIOUR_BINS; bin++) expect(found[bin]! * total).toBeCloseTo(counts[bin]!, 6)
      }),
    )
  })
})

describe('behaviourBin', () => {
  it('puts a difference that equals a cut above it', () => {
    const behaviour = behaviourOf(
      activity([
        [0, 1],
        [59, 1],
        [60, Math.exp(2)],
        [90 * 86_400, 1],
      ]),
    )
    expect(behaviourBin(behaviour, 0, 1)).toBe(0)
    expect(behaviourBin(behaviour, 0, 2)).toBe(SIZE_BINS + SIZE_BINS - 1)
    expect(behaviourBin(behaviour, 3, 0)).toBe(TIME_CUTS.length * SIZE_BINS)
  })
})
