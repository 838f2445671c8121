import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { weakBridges } from '../../src/clusters/weak-bridges.ts'
import { arbitraryLinks, type Link, linksOf, slowComponents } from '../support/links.ts'

const rule = { below: 0.9, component: 6, side: 3 }

/** Whether a link alone holds two parts together, by leaving it out. */
const parts = (wallets: number, links: readonly Link[], left: number) => {
  const label = slowComponents(
    wallets,
    links.filter((_, i) => i !== left),
  )
  const [a, b] = [links[left]![0], links[left]![1]]
  return [a, b].map((end) => label.filter((one) => one === label[end]).length).concat(Number(label[a] === label[b]))
}

describe('weakBridges', () => {
  it('leaves out nothing but unsure links that alone hold two large parts together', () => {
    let found = 0
    fc.assert(
      fc.property(arbitraryLinks(12, 16), (links) => {
        weakBridges(12, linksOf(links), rule).forEach((is, link) => {
          if (is === 0) return
          found += 1
          const [one, other, together] = parts(12, links, link)
          expect(links[link]![2]).toBeLessThan(rule.below)
          expect(together).toBe(0)
          expect(one! + other!).toBeGreaterThanOrEqual(rule.component)
          expect(Math.min(one!, other!)).toBeGreaterThanOrEqual(rule.side)
        })
      }),
      { numRuns: 2_000 },
    )
    expect(found).toBeGreaterThan(20)
  })

  it('leaves one weak link out of a chain of two parts, and none where it is sure, doubled or leads to a small part', () => {
    const chain = (start: number, size: number): Link[] =>
      Array.from({ length: size - 1 }, (_, i): Link => [start + i, start + i + 1, 0.95])
    const count = (...joints: Link[]) =>
      weakBridges(8, linksOf([...chain(0, 4), ...chain(4, 4), ...joints]), rule).reduce((sum, is) => sum + is, 0)
    expect(count([3, 4, 0.85])).toBe(1)
    expect(count([3, 4, 0.9])).toBe(0)
    expect(count([3, 4, 0.85], [0, 7, 0.85])).toBe(0)
    const small = [...chain(0, 6), ...chain(6, 2), [5, 6, 0.85] as const]
    expect(weakBridges(8, linksOf(small), rule).some((is) => is === 1)).toBe(false)
  })
})
