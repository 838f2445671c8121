import { buildUndirected } from '../graph/undirected.ts'
import type { Links } from './links.ts'

/**
 * Links without which two wallets of one component would not be connected: 1 for each such link. Depth first without
 * recursion, by the lowest number reached (Tarjan 1974, https://doi.org/10.1016/0020-0190(74)90003-9). A pair must not
 * be linked twice. O(wallets + links).
 */
export function cutEdges(wallets: number, { first, second }: Links): Uint8Array {
  const {
    offsets,
    targets,
    weights: edges,
  } = buildUndirected(
    wallets,
    first,
    second,
    Float64Array.from(first, (_, link) => link + 1),
  )
  const cut = new Uint8Array(first.length)
  const number = new Int32Array(wallets)
  const lowest = new Int32Array(wallets)
  const next = offsets.slice(0, wallets)
  const stack = new Int32Array(wallets)
  const arrived = new Int32Array(wallets)
  let visited = 0
  for (let root = 0; root < wallets; root++) {
    if (number[root] !== 0) continue
    let depth = 0
    stack[0] = root
    number[root] = lowest[root] = ++visited
    while (depth >= 0) {
      const node = stack[depth]!
      if (next[node]! < offsets[node + 1]!) {
        const place = next[node]!++
        const [other, edge] = [targets[place]!, edges[place]!]
        if (edge === arrived[node]) continue
        if (number[other] !== 0) {
          lowest[node] = Math.min(lowest[node]!, number[other]!)
          continue
        }
        number[other] = lowest[other] = ++visited
        arrived[other] = edge
        stack[++depth] = other
        continue
      }
      if (--depth < 0) break
      const parent = stack[depth]!
      lowest[parent] = Math.min(lowest[parent]!, lowest[node]!)
      if (lowest[node]! > number[parent]!) cut[arrived[node]! - 1] = 1
    }
  }
  return cut
}
