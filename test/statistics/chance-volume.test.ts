import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chanceVolume, volumeLaw } from '../../src/statistics/chance-volume.ts'
import { randomStream } from '../../src/statistics/random.ts'

/** Chance that entities picked at a rate hold more than `limit`, over every outcome. */
function exceeds(volumes: readonly number[], rate: number, limit: number): number {
  let sum = 0
  for (let outcome = 0; outcome < 2 ** volumes.length; outcome++) {
    const picked = volumes.filter((_, i) => (outcome >> i) & 1)
    if (picked.reduce((total, volume) => total + volume, 0) <= limit * (1 + 1e-12)) continue
    sum += rate ** picked.length * (1 - rate) ** (volumes.length - picked.length)
  }
  return sum
}

const volume = fc.oneof(fc.constantFrom(0, 1, 1, 1e-20), fc.double({ min: 0, max: 1e9, noNaN: true }))
const cases = [
  fc.array(volume, { maxLength: 9 }),
  fc.constantFrom(0.001, 0.02, 0.1, 0.5),
  fc.constantFrom(0.001, 0.05, 0.3),
] as const

describe('chanceVolume', () => {
  it('is exceeded with probability delta at most, over every outcome', () => {
    fc.assert(
      fc.property(...cases, (volumes, rate, delta) => {
        const { all, apart } = chanceVolume(volumeLaw(Float64Array.from(volumes)), rate, delta)
        expect(exceeds(volumes, rate, all)).toBeLessThanOrEqual(delta)
        expect(exceeds(volumes, rate, apart)).toBeLessThanOrEqual(delta)
      }),
      { numRuns: 300 },
    )
  })

  it('falls by rate × W where entities of volume W are not picked at all', () => {
    fc.assert(
      fc.property(...cases, fc.nat({ max: 511 }), (volumes, rate, delta, without) => {
        const { all } = chanceVolume(volumeLaw(Float64Array.from(volumes)), rate, delta)
        const kept = volumes.filter((_, i) => ((without >> i) & 1) === 0)
        const gone = volumes.reduce((sum, v) => sum + v, 0) - kept.reduce((sum, v) => sum + v, 0)
        expect(exceeds(kept, rate, all - rate * gone)).toBeLessThanOrEqual(delta)
      }),
      { numRuns: 300 },
    )
  })

  it('is near the normal quantile for many small entities', () => {
    const random = randomStream(1, 'chance-volume')
    const volumes = new Float64Array(200_000).map(() => random.exponential())
    const { all, apart } = chanceVolume(volumeLaw(volumes), 0.05, 0.01)
    const mean = 0.05 * volumes.reduce((sum, v) => sum + v, 0)
    const sd = Math.sqrt(0.05 * 0.95 * volumes.reduce((sum, v) => sum + v * v, 0))
    // Chernoff takes √(2 ln 100) = 3.03 standard deviations where the quantile is 2.33.
    expect((all - mean) / sd).toBeGreaterThan(2.33)
    expect((all - mean) / sd).toBeLessThan(3.2)
    expect(apart).toBeLessThanOrEqual(all)
  })

  it('leaves a giant out that is too seldom picked', () => {
    const volumes = new Float64Array(1001).fill(1).fill(1000, 0, 1)
    const { all, apart } = chanceVolume(volumeLaw(volumes), 0.0005, 0.01)
    expect(apart).toBeLessThan(20)
    expect(all).toBeGreaterThan(200)
  })
})
