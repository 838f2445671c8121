/** Rows that each give a group so much weight for one label; a label below 0 is none, and its weight counts all the same. */
export type Votes = {
  readonly group: Int32Array
  /** Not negative. */
  readonly weight: Float64Array
  label(row: number): number
}

/**
 * The label that has more than half of the weight of each group and at least `share` of it, -1 where none has. Two passes and
 * no table of labels: Boyer and Moore 1981 (https://doi.org/10.1007/978-94-011-3488-0_5), with weights. O(rows + groups).
 */
export function weightedMajority(groups: number, { group, weight, label }: Votes, share: number): Int32Array {
  const candidate = new Int32Array(groups).fill(-1)
  const lead = new Float64Array(groups)
  const all = new Float64Array(groups)
  for (let row = 0; row < group.length; row++) {
    const [one, added, voted] = [group[row]!, weight[row]!, label(row)]
    all[one]! += added
    if (voted === candidate[one]) lead[one]! += added
    else if (added > lead[one]!) {
      candidate[one] = voted
      lead[one] = added - lead[one]!
    } else lead[one]! -= added
  }
  const votes = new Float64Array(groups)
  for (let row = 0; row < group.length; row++)
    if (label(row) === candidate[group[row]!]) votes[group[row]!]! += weight[row]!
  const wins = (one: number) => 2 * votes[one]! > all[one]! && votes[one]! >= share * all[one]!
  return candidate.map((voted, one) => (voted >= 0 && wins(one) ? voted : -1))
}
