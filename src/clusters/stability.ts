import { find, singletons, unite } from '../graph/union-find.ts'
import type { Random } from '../statistics/random.ts'
import type { ClusterLink } from './wallet-clusters.ts'

const DRAWS = 200

/**
 * How much of a cluster its links hold together: each link is kept with its probability, 200 times over, and the share of the
 * members in the largest part is averaged (all-terminal reliability by simulation, Colbourn 1987). 1: all links are certain.
 * `links` are all those between members, not a tree alone.
 */
export function clusterStability(
  members: readonly number[],
  links: readonly Pick<ClusterLink, 'first' | 'second' | 'probability'>[],
  random: Random,
): number {
  const place = new Map(members.map((member, i) => [member, i]))
  const ends = links.map(
    ({ first, second, probability }) => [place.get(first)!, place.get(second)!, probability] as const,
  )
  let sum = 0
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const sets = singletons(members.length)
    let largest = 1
    for (const [first, second, probability] of ends) {
      if (random.next() >= probability) continue
      unite(sets, first, second)
      largest = Math.max(largest, sets.size[find(sets, first)]!)
    }
    sum += largest / members.length
  }
  return sum / DRAWS
}
