import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { least, minimumTree, update, valueAt } from '../../src/graph/minimum-tree.ts'

describe('minimumTree', () => {
  it('finds the first of the least after every change', () => {
    const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(Infinity))
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 20 }),
        fc.array(fc.tuple(fc.nat(), value)),
        (values, changes) => {
          const plain = [...values]
          const tree = minimumTree(Float64Array.from(values))
          expect(least(tree)).toBe(plain.indexOf(Math.min(...plain)))
          for (const [at, changed] of changes) {
            const place = at % plain.length
            plain[place] = changed
            update(tree, place, changed)
            expect(valueAt(tree, place)).toBe(changed)
            expect(least(tree)).toBe(plain.indexOf(Math.min(...plain)))
          }
        },
      ),
    )
  })
})
