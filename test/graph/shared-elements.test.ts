import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { visitSharing } from '../../src/graph/shared-elements.ts'

const ELEMENTS = 9

describe('visitSharing', () => {
  it('visits the pairs that a comparison of all sets finds', () => {
    const arbitrarySets = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: ELEMENTS - 1 })), { maxLength: 12 })
    fc.assert(
      fc.property(
        arbitrarySets,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 6 }),
        (sets, least, most) => {
          const found: string[] = []
          let size = 0
          const offsets = Int32Array.from([0, ...sets.map(({ length }) => (size += length))])
          const options = { elements: ELEMENTS, least, most }
          visitSharing({ offsets, elements: Int32Array.from(sets.flat()) }, options, (set, other) =>
            found.push(`${set} ${other}`),
          )
          const isRare = (element: number) => sets.filter((set) => set.includes(element)).length <= most
          const expected = sets.flatMap((set, i) =>
            sets.flatMap((other, j) => {
              const shared = set.filter((element) => other.includes(element) && isRare(element))
              return i < j && shared.length >= least ? [`${i} ${j}`] : []
            }),
          )
          expect(found.sort()).toEqual(expected.sort())
        },
      ),
    )
  })
})
