import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { circularShift, shiftOffsets } from '../../src/statistics/circular-shift.ts'
import { randomStream } from '../../src/statistics/random.ts'

const [FROM, TO] = [1000, 1100]

describe('circularShift', () => {
  it('turns every event by the offset and keeps them in order', () => {
    const times = fc.array(fc.integer({ min: FROM, max: TO - 1 }), { maxLength: 12 })
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: TO - FROM }), (unsorted, offset) => {
        const sorted = Float64Array.from(unsorted).sort()
        const turned = circularShift(sorted, FROM, TO, offset)
        expect([...turned.times]).toEqual([...turned.times].sort((a, b) => a - b))
        sorted.forEach((time, i) => {
          const place = (i - turned.first + sorted.length) % sorted.length
          expect(turned.times[place]).toBe(FROM + ((time - FROM + offset) % (TO - FROM)))
        })
      }),
    )
  })
})

describe('shiftOffsets', () => {
  it('keeps the margin, and reaches both ends of what is left', () => {
    const offsets = shiftOffsets(randomStream(1, 'circular-shift'), 2000, 100, 30)
    expect(Math.min(...offsets)).toBe(30)
    expect(Math.max(...offsets)).toBe(70)
    expect(new Set(offsets).size).toBe(41)
  })
})
