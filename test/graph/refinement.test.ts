import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refineGroups } from '../../src/graph/refinement.ts'
import { groupsOf, isConnected } from './graphs.ts'
import { arbitraryLevel, settle, worth } from './levels.ts'

describe('refineGroups', () => {
  it('makes connected parts of groups, whatever the groups', () => {
    fc.assert(
      fc.property(arbitraryLevel, ({ level, edges, membership, resolution, random }) => {
        const parts = refineGroups(level, membership, resolution, random)
        for (const part of groupsOf(parts.membership)) {
          expect(new Set(part.map((node) => membership[node])).size).toBe(1)
          expect(isConnected(part, edges)).toBe(true)
        }
        expect(Math.max(...parts.membership)).toBe(parts.count - 1)
      }),
      { numRuns: 500 },
    )
  })

  it('is worth no less than every node alone', () => {
    fc.assert(
      fc.property(arbitraryLevel, ({ level, membership, resolution, random }) => {
        const parts = refineGroups(level, membership, resolution, random).membership
        const alone = membership.map((_, node) => node)
        expect(worth(level, parts, resolution)).toBeGreaterThan(worth(level, alone, resolution) - 1e-8)
      }),
    )
  })

  it('merges something as long as settled groups have more than one node, so that Leiden ends', () => {
    fc.assert(
      fc.property(arbitraryLevel, ({ level, nodes, membership, resolution, random }) => {
        settle(level, membership, resolution, random)
        const { count } = refineGroups(level, membership, resolution, random)
        const groups = groupsOf(membership).length
        expect(count).toBeGreaterThanOrEqual(groups)
        if (groups < nodes) expect(count).toBeLessThan(nodes)
      }),
      { numRuns: 500 },
    )
  })

  it('numbers the parts of one group in a row', () => {
    fc.assert(
      fc.property(arbitraryLevel, ({ level, membership, resolution, random }) => {
        const parts = refineGroups(level, membership, resolution, random)
        const group = Array.from({ length: parts.count }, (_, part) => membership[parts.membership.indexOf(part)]!)
        const changes = group.filter((value, i) => value !== group[i - 1]).length
        expect(changes).toBe(new Set(membership).size)
      }),
    )
  })
})
