import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COHORT, survivalScore } from '../../src/clusters/survival-score.ts'
import { arbitraryLinks, type Link, linksOf, slowComponents } from '../support/links.ts'

const N = 14
const sizes = (links: readonly Link[]) => {
  const label = slowComponents(N, links)
  return label.map((own) => label.filter((other) => other === own).length)
}

describe('survivalScore', () => {
  it('follows components over all thresholds as a fresh search at each does', () => {
    fc.assert(
      fc.property(arbitraryLinks(N, 20), arbitraryLinks(N, 12), (graph, twin) => {
        const surprise = Float64Array.from({ length: N }, (_, i) => i)
        const found = survivalScore(N, linksOf(graph), { links: linksOf(twin), surprise })
        const all = [...graph, ...twin]
        for (let i = 0; i < N; i++) {
          let expected = 0
          for (let logit = -1; logit <= 5; logit += 0.5) {
            const threshold = 1 / (1 + Math.exp(-logit))
            expected += Math.log(sizes(all.filter(([, , p]) => p > threshold))[i]!) / 13
          }
          const evidence = all.reduce((sum, [a, b, p]) => (a === i || b === i ? sum + p : sum), 0)
          expected += 0.05 * Math.log1p(evidence) + 0.01 * Math.min(i, 15)
          expect(found.score[i]).toBeCloseTo(expected, 9)
          const levels = all.map(([, , p]) => p).filter((p) => sizes(all.filter((link) => link[2] >= p))[i]! >= COHORT)
          expect(found.cohort[i]).toBe(Math.max(0, ...levels))
        }
      }),
    )
  })
})
