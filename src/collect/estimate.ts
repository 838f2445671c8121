import type { Limits } from '../sources/rpc/limits.ts'
import { pieceSize } from '../sources/rpc/piece-size.ts'
import { sampleShare } from '../sources/rpc/verify-logs.ts'

/** One question over a range, as a few windows of it look. */
export type Question = {
  readonly blocks: number
  /** Calls of eth_getLogs for one piece. */
  readonly filters: number
  readonly logsABlock: number
  /** Share of blocks that hold a wanted log. */
  readonly busyShare: number
  readonly bytesALog: number
  /** Where transactions are read whole: how many a block has, and what one weighs. */
  readonly whole?: { readonly aBlock: number; readonly bytes: number }
}

/** What a node gives and takes. */
export type NodeFacts = {
  readonly limits: Limits
  /** Whether logs carry their time. */
  readonly times: boolean
  readonly headerBytes: number
  /** Null where receipts are not served. */
  readonly receiptBytes: number | null
  readonly paranoid: boolean
  readonly mostBlocks?: number | undefined
}

export type Cost = { readonly calls: number; readonly bytes: number }

/** Around an answer without logs: the envelope of JSON-RPC. */
const ENVELOPE_BYTES = 40

/** Goes through the pieces that reading would go through, with the density that was found. */
export function costOf(question: Question, node: NodeFacts): Cost {
  const { blocks, filters, logsABlock, busyShare, bytesALog } = question
  const sizes = pieceSize(node.mostBlocks === undefined ? {} : { most: node.mostBlocks })
  let pieces = 0
  let splits = 0
  for (let at = 0; at < blocks; pieces += 1) {
    const width = Math.min(blocks - at, sizes.next(node.limits.blocks()))
    const logs = Math.round(width * logsABlock)
    // An answer above the node's limit is refused, and asked for again in two halves.
    for (let part = logs / filters; part > node.limits.results(); part /= 2) splits += 2 * filters
    sizes.read(width, logs)
    at += width
  }
  const logCalls = pieces * filters + splits
  const busyBlocks = blocks * busyShare
  const headers = node.paranoid ? blocks : pieces * (2 - busyShare) + (node.times ? 0 : busyBlocks)
  const compared = node.paranoid ? busyBlocks : blocks * sampleShare(blocks, logsABlock)
  const receipts = node.receiptBytes === null ? 0 : compared
  const whole = blocks * (question.whole?.aBlock ?? 0)
  return {
    calls: logCalls + headers + receipts + whole,
    bytes:
      logCalls * ENVELOPE_BYTES +
      blocks * logsABlock * bytesALog +
      headers * node.headerBytes +
      receipts * (node.receiptBytes ?? 0) +
      whole * (question.whole?.bytes ?? 0),
  }
}
