export type Agreement = { readonly precision: number; readonly recall: number; readonly f1: number }

/**
 * How well found groups agree with true ones. Pairwise: of the pairs that share a found group those that share a true one,
 * and the other way round. B-cubed: the same for the neighbours of each item, averaged over items
 * (Bagga and Baldwin 1998; Amigó et al. 2009, https://doi.org/10.1007/s10791-008-9066-8). Precision without any found pair,
 * and recall without any true one, is 1.
 */
export function partitionAgreement(found: Int32Array, truth: Int32Array): { pairwise: Agreement; bCubed: Agreement } {
  const both = new Map<string, number>()
  const [foundSizes, trueSizes] = [new Map<number, number>(), new Map<number, number>()]
  const add = <key>(counts: Map<key, number>, key: key) => counts.set(key, (counts.get(key) ?? 0) + 1)
  for (let i = 0; i < found.length; i++) {
    add(both, `${found[i]} ${truth[i]}`)
    add(foundSizes, found[i]!)
    add(trueSizes, truth[i]!)
  }
  let [pairs, precision, recall] = [0, 0, 0]
  for (const [key, n] of both) {
    const [group, label] = key.split(' ').map(Number)
    pairs += (n * (n - 1)) / 2
    precision += (n * n) / foundSizes.get(group!)!
    recall += (n * n) / trueSizes.get(label!)!
  }
  const pairsOf = (sizes: Map<number, number>) => [...sizes.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0)
  const share = (part: number, all: number) => (all === 0 ? 1 : part / all)
  return {
    pairwise: agreement(share(pairs, pairsOf(foundSizes)), share(pairs, pairsOf(trueSizes))),
    bCubed: agreement(share(precision, found.length), share(recall, found.length)),
  }
}

function agreement(precision: number, recall: number): Agreement {
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}
