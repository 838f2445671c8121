import type { BlockRange } from '../../records/block-range.ts'
import { logsToCheck } from '../../statistics/omission-power.ts'
import { InconsistentSourceError } from '../source.ts'
import {
  type Block,
  type ChainLog,
  type LogFilter,
  logMatcher,
  otherHash,
  type ReceiptLogs,
  readLogs,
  readReceiptLogs,
} from './answers.ts'
import { bloomAdmits, isEmptyBloom } from './bloom.ts'
import { hex, type RpcClient } from './client.ts'
import { RpcError } from './failure.ts'

/** What an independent answer confirmed: blocks compared, and the wanted logs they hold. */
export type Checked = { readonly blocks: number; readonly logs: number }

export type VerifyOptions = {
  readonly client: RpcClient
  /** Decides which blocks are compared, together with the chain: the same seed, the same blocks, however ranges are cut. */
  readonly seed: string
  /** Blocks of the whole question, over which the check is spread. */
  readonly blocks: number
  /** Compares every block that its header's filter does not clear. */
  readonly paranoid: boolean
}

/** A piece of a range as eth_getLogs gave it, before anything is picked from it. */
export type Piece = {
  readonly range: BlockRange
  readonly filters: readonly LogFilter[]
  readonly logs: readonly ChainLog[]
}

/** If one log in 200 were missing, the check is to see it with 99 %. */
const LOGS = logsToCheck(0.005, 0.99)
/** But it never costs more than a call for so many blocks, */
const BLOCKS_A_CALL = 250
/** and compares at least so many blocks. */
const LEAST_BLOCKS = 16

/**
 * Compares eth_getLogs with the receipts of a seeded sample of blocks, or with a second node where receipts are not
 * served. A log that one of them lacks is a contradiction, and never asked for again until it fits.
 */
export function logVerifier(options: VerifyOptions) {
  const { client, paranoid } = options
  // Once no node serves an independent answer, none is asked for again.
  let served = true

  async function check(piece: Piece, headers: ReadonlyMap<number, Block>): Promise<Checked> {
    const blocks = paranoid ? uncleared(piece, headers, client.chain) : sampled(options, piece)
    if (blocks.length === 0 || !served) return { blocks: 0, logs: 0 }
    const answers = await independentLogs(client, blocks, piece.filters)
    if (answers === null) {
      served = false
      return { blocks: 0, logs: 0 }
    }
    const matchers = piece.filters.map(logMatcher)
    const byBlock = groupByBlock(piece.logs)
    const counts = answers.map((answer, i) => {
      const wanted = answer.logs.filter((log) => matchers.some((matches) => matches(log)))
      compare(client.chain, blocks[i]!, byBlock.get(blocks[i]!) ?? [], { ...answer, logs: wanted })
      return wanted.length
    })
    return { blocks: blocks.length, logs: counts.reduce((sum, n) => sum + n, 0) }
  }
  return { check, served: () => served }
}

/** Blocks whose header does not rule out the wanted logs. A filter that rules out a log that was given is a contradiction. */
function uncleared({ range, filters, logs }: Piece, headers: ReadonlyMap<number, Block>, chain: string): number[] {
  const filled =
    logs.length === 0 || logs.some(({ blockNumber }) => !isEmptyBloom(headers.get(blockNumber)?.bloom ?? '0x'))
  const given = new Set(logs.map(({ blockNumber }) => blockNumber))
  const blocks: number[] = []
  for (let block = range.from; block <= range.to; block += 1) {
    const bloom = headers.get(block)?.bloom ?? null
    const admitted = bloom === null || !filled || filters.some((filter) => bloomAdmits(bloom, filter))
    if (admitted) blocks.push(block)
    else if (given.has(block)) throw ruledOut(chain, block)
  }
  return blocks
}

/** The sample of a piece: one block of every so many, drawn by the seed, and fewer where logs are dense. */
function sampled({ client, seed, blocks }: VerifyOptions, { range, logs }: Piece): number[] {
  const share = sampleShare(blocks, logs.length / (range.to - range.from + 1))
  const stride = Math.floor(1 / share)
  const key = hashText(`${seed}:${client.chain}`)
  const chosen: number[] = []
  for (let stratum = Math.floor(range.from / stride); stratum * stride <= range.to; stratum += 1) {
    const block = stratum * stride + Math.floor(uniform(key, stratum) * stride)
    if (block >= range.from && block <= range.to) chosen.push(block)
  }
  return chosen
}

/** Which share of the blocks of a question is compared, where a block holds so many logs. */
export function sampleShare(blocks: number, density: number): number {
  const enough = density === 0 ? 1 : LOGS / (blocks * density)
  return Math.min(1, Math.max(LEAST_BLOCKS / blocks, Math.min(1 / BLOCKS_A_CALL, enough)))
}

/** Null where neither receipts nor a second node are to be had. */
async function independentLogs(
  client: RpcClient,
  blocks: readonly number[],
  filters: readonly LogFilter[],
): Promise<readonly ReceiptLogs[] | null> {
  const { chain } = client
  const params = blocks.map((block) => [hex(block)])
  try {
    return await client.askWitness('eth_getBlockReceipts', params, (answer, i) =>
      readReceiptLogs(chain, answer, blocks[i]!),
    )
  } catch (error) {
    if (!(error instanceof RpcError) || error.kind !== 'unsupported') throw error
  }
  if (client.nodes === 1) return null
  const found = blocks.map((): ReceiptLogs => ({ logs: [], transactions: null }))
  for (const filter of filters) {
    const { addresses: address, topics } = filter
    const asked = blocks.map((block) => [{ address, topics, fromBlock: hex(block), toBlock: hex(block) }])
    const answers = await client.askWitness('eth_getLogs', asked, (answer, i) =>
      readLogs(chain, answer, filter, { from: blocks[i]!, to: blocks[i]! }),
    )
    answers.forEach((logs, i) => {
      found[i]!.logs.push(...logs)
    })
  }
  return found
}

/** What eth_getLogs gave of a block, or of a transaction of it, against what receipts hold. */
export function compare(
  chain: string,
  block: number,
  given: readonly ChainLog[],
  { logs, transactions }: ReceiptLogs,
): void {
  const byIndex = new Map(given.map((log) => [log.logIndex, log]))
  for (const log of logs) {
    const twin = byIndex.get(log.logIndex)
    if (twin === undefined) throw omitted(chain, block, log, given.length, logs.length)
    if (twin.blockHash !== log.blockHash) throw otherHash(chain, block, twin.blockHash, log.blockHash)
    if (textOf(twin) !== textOf(log)) throw different(chain, block, twin, log)
    byIndex.delete(log.logIndex)
  }
  // Logs of the state that Polygon carries over from Ethereum belong to no transaction of the block.
  const extra = [...byIndex.values()].find(
    ({ transactionHash }) => !(SYSTEM_LOGS.has(chain) && transactions !== null && !transactions.has(transactionHash)),
  )
  if (extra !== undefined) throw unknown(chain, block, extra)
}

const SYSTEM_LOGS: ReadonlySet<string> = new Set(['eip155:137', 'eip155:80002'])

function groupByBlock(logs: readonly ChainLog[]): Map<number, ChainLog[]> {
  const groups = new Map<number, ChainLog[]>()
  for (const log of logs) {
    const group = groups.get(log.blockNumber)
    if (group === undefined) groups.set(log.blockNumber, [log])
    else group.push(log)
  }
  return groups
}

/** A number in [0, 1) that depends on key and place alone: the finaliser of MurmurHash3, twice. */
function uniform(key: number, place: number): number {
  return mix(mix(place ^ key) ^ Math.floor(place / 2 ** 32) ^ 0x9e3779b9) / 2 ** 32
}

function mix(value: number): number {
  let h = value >>> 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

function hashText(text: string): number {
  let hash = 0
  for (const unit of text) hash = mix(hash ^ unit.codePointAt(0)!) + 0x9e3779b9
  return hash >>> 0
}

function textOf({ address, topics, data, transactionHash }: ChainLog): string {
  return `${transactionHash} ${address} ${topics.join(' ')} ${data}`
}

const ELSEWHERE = 'Use another endpoint; this one contradicts itself. What it gave for this range has not been kept.'

function omitted(chain: string, block: number, log: ChainLog, given: number, held: number): InconsistentSourceError {
  return new InconsistentSourceError(`${chain} left a log out of an answer to eth_getLogs.`, {
    details: [
      `block ${block}, log ${log.logIndex} of contract ${log.address}, transaction ${log.transactionHash}`,
      `eth_getLogs: ${given} logs of this block`,
      `its receipts: ${held} logs`,
    ],
    fix: ELSEWHERE,
  })
}

function unknown(chain: string, block: number, log: ChainLog): InconsistentSourceError {
  return new InconsistentSourceError(`${chain} gave a log that its receipts do not hold.`, {
    details: [`block ${block}, log ${log.logIndex} of contract ${log.address}, transaction ${log.transactionHash}`],
    fix: ELSEWHERE,
  })
}

function different(chain: string, block: number, one: ChainLog, other: ChainLog): InconsistentSourceError {
  return new InconsistentSourceError(`${chain} gave two versions of log ${one.logIndex} in block ${block}.`, {
    details: [`eth_getLogs: ${textOf(one)}`, `its receipts: ${textOf(other)}`],
    fix: ELSEWHERE,
  })
}

function ruledOut(chain: string, block: number): InconsistentSourceError {
  return new InconsistentSourceError(`${chain} gave a log that the header of its block rules out.`, {
    details: [`block ${block}: the header's logsBloom holds neither its address nor its topics`],
    fix: ELSEWHERE,
  })
}
