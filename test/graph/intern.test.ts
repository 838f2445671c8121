import fc from 'fast-check'
import { expect, it } from 'vitest'
import { intern, noNames } from '../../src/graph/intern.ts'

it('numbers names by first appearance, without gaps, and gives every name back', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.string({ maxLength: 2 }))), (batches) => {
      const interned = noNames()
      const indices = batches.map((batch) => intern(batch, interned))
      expect(indices.map((batch) => Array.from(batch, (index) => interned.names[index]))).toEqual(batches)
      expect(interned.names).toEqual([...new Set(batches.flat())])
    }),
  )
})
