import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupMembers, numbersBelow, partitionOf } from '../../src/graph/partition.ts'
import { groupsOf } from './graphs.ts'

const arbitraryLabels = fc
  .nat({ max: 20 })
  .chain((nodes) =>
    fc.array(fc.nat({ max: Math.max(0, nodes - 1) }), { minLength: nodes, maxLength: nodes }).map((labels) => labels),
  )

describe('numbersBelow', () => {
  it('counts up from 0', () => {
    expect(numbersBelow(3)).toEqual(Int32Array.of(0, 1, 2))
    expect(numbersBelow(0)).toEqual(Int32Array.of())
  })
})

describe('partitionOf', () => {
  it('keeps groups together and numbers them by first appearance', () => {
    fc.assert(
      fc.property(arbitraryLabels, (labels) => {
        const { membership, count } = partitionOf(Int32Array.from(labels))
        expect(groupsOf(membership)).toEqual(groupsOf(labels))
        expect([...new Set(membership)]).toEqual(Array.from({ length: count }, (_, i) => i))
      }),
    )
  })

  it('numbers by first appearance in an order given', () => {
    const { membership } = partitionOf(Int32Array.of(2, 2, 0, 1), Int32Array.of(3, 2, 1, 0))
    expect(membership).toEqual(Int32Array.of(2, 2, 1, 0))
  })
})

describe('groupMembers', () => {
  it('lists the nodes of every group in rising order', () => {
    fc.assert(
      fc.property(arbitraryLabels, (labels) => {
        const partition = partitionOf(Int32Array.from(labels))
        const { offsets, members } = groupMembers(partition)
        const listed = Array.from({ length: partition.count }, (_, g) => [...members.slice(offsets[g], offsets[g + 1])])
        expect(listed).toEqual(groupsOf(labels))
      }),
    )
  })
})
