import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countWindows } from '../../src/clusters/twin-windows.ts'

/** Sizes whose differences are exact, so that a window includes its border in every way of counting. */
const arbitraryMember = fc.tuple(
  fc.nat({ max: 4000 }),
  fc.nat({ max: 40 }).map((n) => n / 8),
)

describe('countWindows', () => {
  it.each([
    ['thin', 0, 30],
    ['dense', 150, 250],
  ])('counts around each member of a %s stratum as looking at all others does', (_, least, most) => {
    fc.assert(
      fc.property(fc.array(arbitraryMember, { minLength: least, maxLength: most }), (drawn) => {
        const members = drawn.sort((a, b) => a[0] - b[0])
        const time = Float64Array.from(members, ([at]) => at)
        const logSize = Float64Array.from(members, ([, size]) => size)
        const inside = Int32Array.from(members, (_, i) => i)
        const scale = { time: 1500, size: 0.5 }
        const { near, agreeing } = countWindows({ time, logSize, order: inside }, inside, scale)
        for (const i of inside) {
          const others = inside.filter((j) => j !== i && Math.abs(time[j]! - time[i]!) <= scale.time)
          expect(near[i]).toBe(others.length)
          expect(agreeing[i]).toBe(others.filter((j) => Math.abs(logSize[j]! - logSize[i]!) <= scale.size).length)
        }
      }),
      { numRuns: 30 },
    )
  })
})
