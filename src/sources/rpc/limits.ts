import type { Failure } from './failure.ts'
import { hintedBlocks, hintedResults } from './range-hint.ts'

/** What one node was found to take in one call of eth_getLogs. It is learnt from refusals and kept while the node is used. */
export type Limits = {
  /** Blocks to ask for at most. */
  blocks(): number
  /** Logs to expect at most. */
  results(): number
  /** The node answered a range of this many blocks. */
  answered(blocks: number): void
  /** The node refused a range of this many blocks; gives the width of the first part to ask for instead, at least 1. */
  refused(blocks: number, failure: Failure): number
}

/** Answers in a row at full width after which a little more is tried. */
const PATIENCE = 8
const GROWTH = 1.5
/** Logs that fit one answer of about 8 MB, where a node names no limit. */
export const LOGS_A_CALL = 10_000

export function learnLimits(): Limits {
  let widest = Number.POSITIVE_INFINITY
  /** The narrowest range that was refused for its width. */
  let refusal = Number.POSITIVE_INFINITY
  let results = LOGS_A_CALL
  let streak = 0

  return {
    blocks: () => widest,
    results: () => results,
    answered(blocks) {
      if (blocks < widest) return
      streak += 1
      if (streak < PATIENCE) return
      streak = 0
      const grown = Math.ceil(widest * GROWTH)
      // Within a tenth of a refusal there is nothing left to gain.
      if (grown < refusal) widest = grown
      else if (refusal - 1 > widest * 1.1) widest = Math.floor((widest + refusal) / 2)
    },
    refused(blocks, { kind, words }) {
      const half = Math.max(1, Math.ceil(blocks / 2))
      streak = 0
      if (kind === 'size') {
        const named = hintedResults(words)
        if (named !== null) results = Math.min(results, named)
        const fits = hintedBlocks(words)
        return fits !== null && fits < blocks ? fits : half
      }
      if (kind !== 'range' && kind !== 'timeout') return half
      if (kind === 'range') refusal = Math.min(refusal, blocks)
      // A hint that does not shrink the question, or that was refused itself, is no help: halve.
      const named = kind === 'range' ? hintedBlocks(words) : null
      const next = named !== null && named < blocks ? named : half
      widest = Math.min(widest, next)
      return next
    },
  }
}
