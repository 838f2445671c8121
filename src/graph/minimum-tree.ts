/** Values at places 0 … n − 1, and above each pair of them the lesser, up to the root at 1. */
export type MinimumTree = Float64Array

/** O(n). */
export function minimumTree(values: Float64Array): MinimumTree {
  const leaves = 2 ** Math.ceil(Math.log2(Math.max(1, values.length)))
  const tree = new Float64Array(2 * leaves).fill(Infinity)
  tree.set(values, leaves)
  for (let at = leaves - 1; at > 0; at--) tree[at] = Math.min(tree[2 * at]!, tree[2 * at + 1]!)
  return tree
}

export const valueAt = (tree: MinimumTree, place: number): number => tree[tree.length / 2 + place]!

/** O(log n). */
export function update(tree: MinimumTree, place: number, value: number): void {
  let at = tree.length / 2 + place
  tree[at] = value
  for (at >>= 1; at > 0; at >>= 1) {
    const lesser = Math.min(tree[2 * at]!, tree[2 * at + 1]!)
    if (tree[at] === lesser) return
    tree[at] = lesser
  }
}

/** The first place of the least value. O(log n). */
export function least(tree: MinimumTree): number {
  const leaves = tree.length / 2
  let at = 1
  while (at < leaves) at = tree[2 * at] === tree[at] ? 2 * at : 2 * at + 1
  return at - leaves
}
