import { withoutOversized } from '../../protocols/decode-transaction.ts'
import { TRANSFER_TOPIC, tokenTransfers } from '../../protocols/token-transfers.ts'
import type { BlockRange } from '../../records/block-range.ts'
import type { Reject } from '../../records/coverage.ts'
import type { Batch, Facts } from '../../records/index.ts'
import type { Transfer } from '../../records/transfer.ts'
import { malformedReject, oversizedReject } from '../decode-rejects.ts'
import type { Want } from '../source.ts'
import type { LogFilter } from './answers.ts'
import type { Chunk } from './chunk.ts'
import { coverageOf, readChunks } from './read-chunks.ts'
import type { Reading } from './reading.ts'
import { filtersOf, gapsOf, groupsOf, progressOver, sourceOf, specOf, VALUES_A_CALL } from './want.ts'

export type TransferQuestion = {
  /** Id of the protocol whose wallets these are. */
  readonly protocol: string
  readonly wallets: readonly string[]
  /** Assets of that protocol; those that are no token contract, such as `native`, are passed over. */
  readonly assets: readonly string[]
}

/** Raised whenever the same logs would give other transfers. */
const VERSION = 1
/** Blocks from whose transfers it is told which way of asking takes fewer calls. */
const PROBE_BLOCKS = 20
const ADDRESS = /^0x[0-9a-f]{40}$/

/** Reads the token transfers from or to the given wallets, each once, with the coverage that each chunk completes. */
export async function* collectTransfers(reading: Reading, question: TransferQuestion): AsyncGenerator<Batch> {
  const { client, range } = reading
  const { chain } = client
  const { protocol } = question
  const wallets = addressesOf(question.wallets)
  const assets = addressesOf(question.assets)
  if (wallets.length === 0 || assets.length === 0) return
  const spec = specOf({ version: VERSION, wallets, assets })
  const want: Want = { source: sourceOf(chain), protocol, chain, table: 'transfers', spec }
  const gaps = gapsOf(range, await reading.covered(want))
  if (gaps.length === 0) return
  const said = progressOver(`${protocol} on ${chain}: transfers`, gaps, reading.progress)
  const parties = new Set(wallets.map(topicOf))
  const chunks = readChunks(reading, {
    range,
    gaps,
    filters: await cheapest(reading, gaps[0]!, [...parties], assets),
    keep: ({ topics }) => parties.has(topics[1] ?? '') || parties.has(topics[2] ?? ''),
  })
  for await (const chunk of chunks) {
    yield { facts: { ...factsOf(want, chunk), coverage: [coverageOf(want, chunk)] } }
    said(chunk)
  }
}

export function addressesOf(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => text.toLowerCase()))].filter((text) => ADDRESS.test(text)).sort()
}

export function topicOf(wallet: string): string {
  return `0x${wallet.slice(2).padStart(64, '0')}`
}

/** One question cannot ask for either side, so senders and receivers are asked for apart. */
export function transferFilters(parties: readonly string[], assets: readonly string[]): LogFilter[] {
  return groupsOf(parties, VALUES_A_CALL).flatMap((group) => [
    ...filtersOf(assets, [[TRANSFER_TOPIC], group]),
    ...filtersOf(assets, [[TRANSFER_TOPIC], null, group]),
  ])
}

/**
 * Questions for the wallets, or one for all transfers of the assets from which theirs are picked: the latter where the
 * assets move less often a block than there are questions.
 */
async function cheapest(
  { client }: Reading,
  { from, to }: BlockRange,
  parties: readonly string[],
  assets: readonly string[],
): Promise<LogFilter[]> {
  const ofWallets = transferFilters(parties, assets)
  const all = filtersOf(assets, [[TRANSFER_TOPIC]])
  if (parties.length <= VALUES_A_CALL) return ofWallets
  const start = Math.max(from, Math.floor((from + to) / 2) - PROBE_BLOCKS / 2)
  const window = { from: start, to: Math.min(to, start + PROBE_BLOCKS - 1) }
  const answers = await Promise.all(all.map((filter) => client.getLogs({ ...filter, ...window })))
  const logs = answers.reduce((sum, answer) => sum + answer.length, 0)
  return logs / (window.to - window.from + 1) <= ofWallets.length - all.length ? all : ofWallets
}

function factsOf({ source }: Want, chunk: Chunk): Facts {
  const transfers: Transfer[] = []
  const rejects: Reject[] = []
  for (const transaction of chunk.transactions) {
    const found = tokenTransfers(transaction)
    const { facts, oversized } = withoutOversized({ transfers: found.transfers })
    for (const row of facts.transfers ?? []) transfers.push({ ...row, source })
    for (const one of oversized) rejects.push(oversizedReject(source, transaction, one))
    for (const one of found.malformed) rejects.push(malformedReject(source, 'transfers', transaction, one))
  }
  return { transfers, rejects }
}
