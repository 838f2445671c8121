/** Ranks in parts of how many values there are, from 0 to 1; equal values share the mean of theirs. */
export function midRanks(values: Float64Array): Float64Array {
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!)
  const ranks = new Float64Array(values.length)
  for (let from = 0; from < order.length; ) {
    let to = from + 1
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++
    for (let place = from; place < to; place++) ranks[order[place]!] = (from + to) / 2 / values.length
    from = to
  }
  return ranks
}
