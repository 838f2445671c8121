import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutEdges } from '../../src/clusters/cut-edges.ts'
import { arbitraryLinks, linksOf, slowComponents } from '../support/links.ts'

describe('cutEdges', () => {
  it('marks exactly the links whose removal parts a component', () => {
    fc.assert(
      fc.property(arbitraryLinks(10, 16), (links) => {
        const parts = (list: typeof links) => new Set(slowComponents(10, list)).size
        const expected = links.map((link) => (parts(links.filter((other) => other !== link)) > parts(links) ? 1 : 0))
        expect(Array.from(cutEdges(10, linksOf(links)))).toEqual(expected)
      }),
      { numRuns: 500 },
    )
  })

  it('goes down a path of 200,000 wallets', () => {
    const n = 200_000
    const first = Int32Array.from({ length: n - 1 }, (_, i) => i)
    const links = { first, second: first.map((i) => i + 1), probability: new Float64Array(n - 1).fill(0.6) }
    expect(cutEdges(n, links).every((cut) => cut === 1)).toBe(true)
  })
})
