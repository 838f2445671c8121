import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { weightedMajority } from '../../src/graph/weighted-majority.ts'

const rows = fc.array(fc.record({ group: fc.nat(3), label: fc.integer({ min: -1, max: 3 }), weight: fc.nat(5) }), {
  maxLength: 40,
})

describe('weightedMajority', () => {
  it('finds what a table of all labels finds, in rows of any order', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(0.5, 0.75, 0.9), (votes, share) => {
        const expected = [0, 1, 2, 3].map((group) => {
          const sums = new Map<number, number>()
          for (const vote of votes.filter((one) => one.group === group))
            sums.set(vote.label, (sums.get(vote.label) ?? 0) + vote.weight)
          const all = [...sums.values()].reduce((a, b) => a + b, 0)
          const [won] = [...sums].filter(([label, sum]) => label >= 0 && 2 * sum > all && sum >= share * all)
          return won?.[0] ?? -1
        })
        const columns = {
          group: Int32Array.from(votes, ({ group }) => group),
          weight: Float64Array.from(votes, ({ weight }) => weight),
          label: (row: number) => votes[row]!.label,
        }
        expect([...weightedMajority(4, columns, share)]).toEqual(expected)
      }),
    )
  })
})
