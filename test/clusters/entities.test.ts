import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupEntities } from '../../src/clusters/entities.ts'
import { arbitraryLinks, type Link, linksOf, slowComponents } from '../support/links.ts'

/** All pairs of wallets from `start` on, by links of one posterior. */
const clique = (start: number, size: number, probability: number): Link[] =>
  Array.from({ length: size }, (_, i) => i).flatMap((i) =>
    Array.from({ length: size - i - 1 }, (_, k): Link => [start + i, start + i + k + 1, probability]),
  )
const none = linksOf([])

describe('groupEntities', () => {
  it('joins what links of 0.5 and more join, where nothing is as large as to be checked', () => {
    fc.assert(
      fc.property(arbitraryLinks(9, 14), (links) => {
        const { membership } = groupEntities(9, linksOf(links), none)
        const label = slowComponents(
          9,
          links.filter(([, , p]) => p >= 0.5),
        )
        for (let i = 0; i < 9; i++)
          for (let j = 0; j < 9; j++) expect(membership[i] === membership[j]).toBe(label[i] === label[j])
      }),
    )
  })

  it('cuts a weak bridge between two large parts, keeps a sure one, and keeps a weak one to a small part', () => {
    const parts = (bridge: number, size = 6) => {
      const links = [...clique(0, 6, 0.95), ...clique(6, size, 0.95), [0, 6, bridge] as const]
      return groupEntities(6 + size, linksOf(links), none)
    }
    expect(parts(0.7)).toMatchObject({ count: 2, cuts: 1 })
    expect(parts(0.85)).toMatchObject({ count: 1, cuts: 0 })
    expect(parts(0.7, 4)).toMatchObject({ count: 1, cuts: 0 })
  })

  it('attaches twins where half of the smaller side is linked, and chains no two groups otherwise', () => {
    const groups = [...clique(0, 8, 0.95), ...clique(8, 6, 0.95)]
    const twins = (count: number) => Array.from({ length: count }, (_, k): Link => [k, 8 + k, 0.95])
    expect(groupEntities(14, linksOf(groups), linksOf(twins(3))).count).toBe(1)
    expect(groupEntities(14, linksOf(groups), linksOf(twins(2))).count).toBe(2)
    expect(groupEntities(14, linksOf(groups), linksOf(twins(6).map(([a, b]): Link => [a, b, 0.89]))).count).toBe(2)
  })

  it('asks for surer links where a group would hold too many wallets', () => {
    const wallets = 30_000
    const chain = (start: number, end: number, p: number) =>
      Array.from({ length: end - start - 1 }, (_, k): Link => [start + k, start + k + 1, p])
    const blocks = Array.from({ length: 10 }, (_, b) => chain(200 * b, 200 * (b + 1), 0.97)).flat()
    const joints = Array.from({ length: 9 }, (_, b): Link => [200 * b + 199, 200 * (b + 1), 0.85])
    const entities = groupEntities(wallets, linksOf([...blocks, ...joints]), none)
    expect(entities).toMatchObject({ join: 0.9, largestShare: 200 / wallets })
    expect(groupEntities(wallets, linksOf(blocks), none).join).toBe(0.5)
  })
})
