import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { smallestRemoval } from '../../src/score/smallest-removal.ts'

type Fact = { readonly id: number; readonly family: string }
/** A claim of at least `needed` families. */
const claim = (needed: number) => (left: readonly Fact[]) => new Set(left.map(({ family }) => family)).size >= needed
const factsOf = (families: readonly string[]): Fact[] => families.map((family, id) => ({ id, family }))
const remove = (facts: readonly Fact[], holds: (left: readonly Fact[]) => boolean) =>
  smallestRemoval(facts, ({ family }) => family, holds)

const families = (maxLength: number, minLength = 0) =>
  fc.array(fc.constantFrom('F1', 'F2', 'F3', 'F4'), { minLength, maxLength })

describe('smallestRemoval', () => {
  it('removes the smallest families that have to go', () => {
    fc.assert(
      fc.property(families(10), fc.integer({ min: 1, max: 4 }), (names, needed) => {
        const sizes = [...new Set(names)].map((name) => names.filter((other) => other === name).length)
        sizes.sort((a, b) => a - b)
        const tooMany = Math.max(0, sizes.length - needed + 1)
        const { removal, exact } = remove(factsOf(names), claim(needed))
        expect(removal.length).toBe(sizes.slice(0, tooMany).reduce((sum, size) => sum + size, 0))
        expect(exact).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  it('makes the claim fall where facts are many, by facts none of which is idle', () => {
    fc.assert(
      fc.property(families(30, 11), fc.integer({ min: 1, max: 4 }), (names, needed) => {
        const [facts, holds] = [factsOf(names), claim(needed)]
        const { removal } = remove(facts, holds)
        const without = (gone: readonly Fact[]) => facts.filter((fact) => !gone.includes(fact))
        expect(holds(without(removal))).toBe(false)
        for (const fact of removal) expect(holds(without(removal.filter((other) => other !== fact)))).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  it('removes nothing from a claim that does not hold', () => {
    expect(remove(factsOf(['F1']), claim(2))).toEqual({ removal: [], exact: true })
  })
})
