/** Nodes in groups: node i is in group membership[i]; groups are numbered from 0 without gaps. */
export type Partition = { readonly membership: Int32Array<ArrayBuffer>; readonly count: number }

/** 0, 1, … n - 1. */
export function numbersBelow(n: number): Int32Array<ArrayBuffer> {
  const numbers = new Int32Array(n)
  for (let i = 0; i < n; i++) numbers[i] = i
  return numbers
}

/**
 * Numbers groups in the order of their first node, or of the first in `order`. Labels are whole numbers from 0 and below
 * the number of nodes.
 */
export function partitionOf(labels: Int32Array, order?: Int32Array): Partition {
  const numbers = new Int32Array(labels.length).fill(-1)
  const membership = new Int32Array(labels.length)
  let count = 0
  for (let i = 0; i < labels.length; i++) {
    const node = order === undefined ? i : order[i]!
    const label = labels[node]!
    if (numbers[label] === -1) numbers[label] = count++
    membership[node] = numbers[label]!
  }
  return { membership, count }
}

/** The nodes of group g, in rising order, are members[offsets[g]] to members[offsets[g + 1] - 1]. O(nodes + groups). */
export function groupMembers({ membership, count }: { readonly membership: Int32Array; readonly count: number }) {
  const offsets = new Int32Array(count + 1)
  for (let node = 0; node < membership.length; node++) offsets[membership[node]! + 1]!++
  for (let group = 0; group < count; group++) offsets[group + 1]! += offsets[group]!
  const next = offsets.slice(0, count)
  const members = new Int32Array(membership.length)
  for (let node = 0; node < membership.length; node++) members[next[membership[node]!]!++] = node
  return { offsets, members }
}
