import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partitionAgreement } from '../../src/statistics/partition-agreement.ts'

describe('partitionAgreement', () => {
  it('gives the published B-cubed of Bagga and Baldwin 1998', () => {
    // Truth {1–5} {6, 7} {8–12}; response 1 joins the last two, response 2 the first and the last.
    const truth = Int32Array.of(0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2)
    const first = partitionAgreement(Int32Array.of(0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1), truth).bCubed
    expect(first.precision).toBeCloseTo(0.7619, 3)
    expect(first.recall).toBe(1)
    const second = partitionAgreement(Int32Array.of(0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0), truth).bCubed
    expect(second.precision).toBeCloseTo(0.5833, 3)
    expect(second.recall).toBe(1)
  })

  it('is what counting all pairs and neighbours gives', () => {
    const labels = fc.integer({ min: 0, max: 4 })
    fc.assert(
      fc.property(fc.array(fc.tuple(labels, labels), { minLength: 1, maxLength: 25 }), (items) => {
        const [found, truth] = [0, 1].map((side) => Int32Array.from(items, (item) => item[side]!)) as [
          Int32Array,
          Int32Array,
        ]
        const { pairwise, bCubed } = partitionAgreement(found, truth)
        let [both, mine, theirs, precision, recall] = [0, 0, 0, 0, 0]
        items.forEach((_, i) => {
          const near = items.map((_, j) => [found[i] === found[j], truth[i] === truth[j]] as const)
          const hits = near.filter(([a, b]) => a && b).length
          precision += hits / near.filter(([a]) => a).length / items.length
          recall += hits / near.filter(([, b]) => b).length / items.length
          near.slice(0, i).forEach(([a, b]) => {
            both += a && b ? 1 : 0
            mine += a ? 1 : 0
            theirs += b ? 1 : 0
          })
        })
        expect(pairwise.precision).toBeCloseTo(mine === 0 ? 1 : both / mine, 12)
        expect(pairwise.recall).toBeCloseTo(theirs === 0 ? 1 : both / theirs, 12)
        expect(bCubed.precision).toBeCloseTo(precision, 12)
        expect(bCubed.recall).toBeCloseTo(recall, 12)
      }),
    )
  })
})
