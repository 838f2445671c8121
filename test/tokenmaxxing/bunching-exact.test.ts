import { expect, it } from 'vitest'
import { bunchingExact } from '../../src/tokenmaxxing/bunching-exact.ts'
import type { BinnedWindows } from '../../src/tokenmaxxing/target-groups.ts'

/** The same bins for each of so many subjects. */
function windows(subjects: number, bins: readonly number[]): BinnedWindows {
  const rows = Array.from({ length: subjects }, (_, subject) => bins.map((bin) => [subject, bin] as const)).flat()
  const bin = Int32Array.from(rows, ([, bin]) => bin)
  return { subject: Int32Array.from(rows, ([subject]) => subject), bin, counted: Float64Array.from(bin, (b) => b + 4) }
}
const group = { name: 'weekly', target: 4, width: 1 }

it('is the largest of three p-values: against below, against above, and over subjects', () => {
  const aimed = windows(1, [0, 1, 1])
  const idle = windows(1, [-1, -2, 3])
  // Below: three hits among the three that aim, of five: 1/10. Above: three of four: 1/4. One subject: 1/2.
  const result = bunchingExact({ ...group, aimed, idle })!
  expect(result).toMatchObject({ aimed: { share: 1, windows: 3 }, idle: { share: 0, windows: 3 }, subjects: 1 })
  expect(result.pValue).toBe(0.5)
  const many = bunchingExact({ ...group, aimed: windows(6, [0, 1, 1]), idle: windows(6, [-1, -2, 3]) })!
  expect(many.pValue).toBeCloseTo(0.5 ** 6, 12)
})

it('is no smaller where a higher level fills what lies above as well', () => {
  const aimed = windows(8, [0, 1, 3, 4, 5, 5])
  const idle = windows(8, [-2, -1, 0, 1, 0, 3])
  expect(bunchingExact({ ...group, aimed, idle })!.pValue).toBeGreaterThan(0.9)
})

it('needs subjects with both kinds of window near the target', () => {
  expect(bunchingExact({ ...group, aimed: windows(3, [0, 1]), idle: windows(3, [9, 20]) })).toBeNull()
  expect(bunchingExact({ ...group, aimed: windows(3, [0, 1]), idle: windows(3, [0, 2]) })).toBeNull()
})
