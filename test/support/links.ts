import fc from 'fast-check'
import type { Links } from '../../src/clusters/links.ts'

export type Link = readonly [first: number, second: number, probability: number]

export const linksOf = (list: readonly Link[]): Links => ({
  first: Int32Array.from(list, ([first]) => first),
  second: Int32Array.from(list, ([, second]) => second),
  probability: Float64Array.from(list, ([, , probability]) => probability),
})

/** Links between wallets 0 … wallets − 1, no pair twice. */
export const arbitraryLinks = (wallets: number, most: number): fc.Arbitrary<Link[]> =>
  fc.uniqueArray(
    fc
      .tuple(fc.nat({ max: wallets - 1 }), fc.nat({ max: wallets - 1 }), fc.integer({ min: 1, max: 999 }))
      .filter(([a, b]) => a < b)
      .map(([a, b, p]): Link => [a, b, p / 1000]),
    { selector: ([a, b]) => a * wallets + b, maxLength: most },
  )

/** The component of every wallet by plain relabelling, as the lowest wallet in it. */
export function slowComponents(wallets: number, links: readonly Link[]): number[] {
  const label = Array.from({ length: wallets }, (_, i) => i)
  for (const [a, b] of links) {
    const [low, high] = [Math.min(label[a]!, label[b]!), Math.max(label[a]!, label[b]!)]
    for (let i = 0; i < wallets; i++) if (label[i] === high) label[i] = low
  }
  return label
}
