const BRACKETS = /\[\s*(0x[0-9a-f]+|\d+)\s*[,-]\s*(0x[0-9a-f]+|\d+)\s*\]/i
const BLOCKS =
  /(?:limited to|up to|at most|max(?:imum)?(?: is set to| allowed(?: is)?| block range(?: is)?)?|distance|ranges? over|range)\s*:?\s*(?:an? )?(\d[\d,_]*)\s?(k\b)?/i
const RESULTS =
  /(?:more than|limit of|max(?:imum)?(?: of)?|max results|exceeds?) (\d[\d,_]*)\s?(k\b)?(?: results| logs| events|$)/i

/** How many blocks the provider says it takes in one call; null where its words name no number. */
export function hintedBlocks(words: string): number | null {
  const [, from, to] = BRACKETS.exec(words) ?? []
  if (from !== undefined && to !== undefined) {
    const width = Number(to) - Number(from) + 1
    return width >= 1 ? width : null
  }
  return numberIn(BLOCKS.exec(words))
}

/** How many logs the provider says it gives in one answer; null where its words name no number. */
export function hintedResults(words: string): number | null {
  return numberIn(RESULTS.exec(words))
}

function numberIn(found: RegExpExecArray | null): number | null {
  if (found === null) return null
  const value = Number(found[1]!.replace(/[,_]/g, '')) * (found[2] === undefined ? 1 : 1000)
  return Number.isSafeInteger(value) && value > 0 ? value : null
}
