/** A closed range of block numbers. */
export type BlockRange = { readonly from: number; readonly to: number }

/** The same blocks as the fewest ranges, in order. Touching ranges become one. */
export function mergeRanges(ranges: readonly BlockRange[]): BlockRange[] {
  const merged: { from: number; to: number }[] = []
  for (const range of [...ranges].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = merged.at(-1)
    if (last !== undefined && range.from <= last.to + 1) last.to = Math.max(last.to, range.to)
    else merged.push({ from: range.from, to: range.to })
  }
  return merged
}

/** The blocks of `wanted` that no range of `covered` holds, in order. */
export function subtractRanges(wanted: BlockRange, covered: readonly BlockRange[]): BlockRange[] {
  const gaps: BlockRange[] = []
  let next = wanted.from
  for (const range of mergeRanges(covered)) {
    if (range.to < next) continue
    if (range.from > wanted.to) break
    if (range.from > next) gaps.push({ from: next, to: range.from - 1 })
    next = range.to + 1
  }
  if (next <= wanted.to) gaps.push({ from: next, to: wanted.to })
  return gaps
}

/** `range` in consecutive pieces of at most `size` blocks. */
export function* chunkRange(range: BlockRange, size: number): Generator<BlockRange> {
  for (let from = range.from; from <= range.to; from += size) {
    yield { from, to: Math.min(range.to, from + size - 1) }
  }
}
