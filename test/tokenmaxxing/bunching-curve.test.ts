import { expect, it } from 'vitest'
import { bunchingCurve } from '../../src/tokenmaxxing/bunching-curve.ts'
import type { BinnedWindows } from '../../src/tokenmaxxing/target-groups.ts'

const options = { binsEachSide: 20, leastBins: 12, leastWindows: 40, degree: 3, leastRatio: 1 }

/** Twelve windows in each bin from −15 to 20, one of each subject, and more in the target's own. */
function windows(more: number): BinnedWindows {
  const bins = Array.from({ length: 36 }, (_, i) => i - 15)
  const rows = [
    ...bins.flatMap((bin) => Array.from({ length: 12 }, (_, subject) => [subject, bin] as const)),
    ...Array.from({ length: more }, (_, i) => [i % 12, 0] as const),
  ]
  const bin = Int32Array.from(rows, ([, bin]) => bin)
  return { subject: Int32Array.from(rows, ([subject]) => subject), bin, counted: Float64Array.from(bin, (b) => b + 16) }
}
const none = { subject: new Int32Array(), bin: new Int32Array(), counted: new Float64Array() }
const group = { name: 'weekly', target: 16, width: 1, idle: none }

it('finds what was added to an even distribution', () => {
  const result = bunchingCurve({ ...group, aimed: windows(36) }, options)!
  // 36 on 12 a bin; put back below the target, as the correction has it, they lift the curve a little.
  expect(result.ratio).toBeGreaterThan(2.3)
  expect(result.ratio).toBeLessThan(3)
  expect(result.hits).toBe(3 * 12 + 36)
  expect(result.pValue).toBeLessThan(0.001)
  expect(result.hasPlacebo).toBe(false)
})

it('finds nothing that is not more than in idle windows', () => {
  const result = bunchingCurve({ ...group, aimed: windows(36), idle: windows(36) }, options)!
  expect(result.hasPlacebo).toBe(true)
  expect(result.pValue).toBeGreaterThan(0.3)
})

it('says nothing with too few windows, or bins on a side', () => {
  expect(bunchingCurve({ ...group, aimed: windows(0) }, { ...options, leastWindows: 1000 })).toBeNull()
  expect(bunchingCurve({ ...group, aimed: windows(0) }, { ...options, leastBins: 16 })).toBeNull()
})
