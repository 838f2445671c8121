import { ConfigError } from '../errors.ts'
import { type DecodedFacts, decodeFacts } from '../protocols/decode-transaction.ts'
import type { AnyProtocol, Deployment, Protocol, RawTransaction } from '../protocols/protocol.ts'
import { parseTransaction } from '../sources/file/transactions.ts'
import { openNode } from '../sources/rpc/node.ts'
import { InconsistentSourceError } from '../sources/source.ts'

/** One transaction as a node gave it, and the rows that it gives, for a person to review. */
export type Fixture = {
  /** The id of a network of ours, or the path of a file. */
  readonly protocol: string
  /** Of the adapter that gave the rows. */
  readonly version: number
  readonly recorded: {
    /** UTC. */
    readonly date: string
    /** The domain of the endpoint without its first labels, which can be a key; null: an address or a single name. */
    readonly endpoint: string | null
    readonly block: string
  }
  /** Contracts that stand beside those declared, such as clones that an earlier transaction announced. */
  readonly contracts: readonly Deployment[]
  readonly transaction: RawTransaction
  readonly expected: DecodedText
}

/** What decoding gives, as JSON holds it: amounts are texts. */
export type DecodedText = { readonly [part in keyof DecodedFacts]: unknown }

export type RecordOptions = {
  readonly url: string
  readonly hash: string
  /** CAIP-2. Default: as the node says. */
  readonly chain?: string | undefined
  /** Networks by the names they are recorded under; the one that finds a row is taken. */
  readonly protocols: ReadonlyMap<string, AnyProtocol>
  readonly contracts?: readonly Deployment[]
  /** UTC, such as `2025-01-31`. */
  readonly date: string
}

/** Reads one transaction with its receipt and block, and decodes it. */
export async function recordFixture(options: RecordOptions): Promise<Fixture> {
  const { url, hash, protocols, contracts = [], date } = options
  const { transaction, block } = await readTransaction(options)
  const found = [...protocols].flatMap(([name, protocol]) => {
    const expected = decoded(protocol, transaction, contracts)
    return isEmpty(expected) ? [] : [{ name, protocol, expected }]
  })
  const [only] = found
  if (only === undefined || found.length > 1)
    throw notOne(
      hash,
      [...protocols.keys()],
      found.map(({ name }) => name),
    )
  const recorded = { date, endpoint: domainOf(url), block }
  const { name, protocol, expected } = only
  return { protocol: name, version: protocol.version, recorded, contracts, transaction, expected }
}

/** The rows that a recorded transaction gives now, without tables that get none. */
export function replayFixture({ transaction, contracts }: Fixture, protocol: AnyProtocol): DecodedText {
  return decoded(protocol, transaction, contracts)
}

function decoded(protocol: AnyProtocol, transaction: RawTransaction, contracts: readonly Deployment[]): DecodedText {
  const extra = (address: string) => contracts.find((one) => one.chain === transaction.chain && one.address === address)
  const { facts, ...rest } = decodeFacts(protocol as unknown as Protocol, transaction, extra)
  const rows = Object.fromEntries(Object.entries(facts).filter(([, { length }]) => length > 0))
  const asText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
  return JSON.parse(JSON.stringify({ facts: rows, ...rest }, asText))
}

/** Whether the network sees nothing of its own in the transaction. */
function isEmpty({ facts, discovered, malformed, oversized }: DecodedText): boolean {
  return [...Object.values(facts as object), discovered, malformed, oversized].flat().length === 0
}

async function readTransaction({ url, hash, chain }: RecordOptions) {
  const node = openNode({ chain: chain ?? 'The chain', url }, {})
  const ask = async (method: string, params: readonly unknown[]) =>
    (await node.ask(method, [params], (answer) => answer as Answer | null))[0]
  const id = await node.ask('eth_chainId', [[]], (answer) => `eip155:${Number(answer)}`)
  if (chain !== undefined && id[0] !== chain)
    throw new ConfigError(`The node serves ${id[0]}, not ${chain}.`, { fix: 'Correct --chain or --rpc.' })
  const receipt = await ask('eth_getTransactionReceipt', [hash])
  const blockHash = receipt?.blockHash
  const block = blockHash === undefined ? null : await ask('eth_getBlockByHash', [blockHash, false])
  if (receipt == null || block == null)
    throw new ConfigError(`${id[0]} knows no mined transaction ${hash}.`, {
      fix: 'Check the hash, or use a node that keeps old receipts.',
    })
  const { transactionHash, from, blockNumber } = receipt
  const parsed = parseTransaction(
    { hash: transactionHash, from, blockNumber, timestamp: block.timestamp, receipt },
    id[0]!,
  )
  const reason = 'reason' in parsed ? parsed.reason : parsed.hash === hash.toLowerCase() ? null : `it is ${parsed.hash}`
  if ('reason' in parsed || reason !== null || block.hash !== blockHash)
    throw new InconsistentSourceError('The node answered with something else than the transaction asked for.', {
      details: [reason ?? `receipt in block ${String(blockHash)}, block ${String(block.hash)}`],
      fix: 'Use another endpoint.',
    })
  return { transaction: parsed, block: String(blockHash) }
}

type Answer = { readonly [field: string]: unknown }

/** `key.base.provider.example` is written down as `provider.example`. */
function domainOf(url: string): string | null {
  const { hostname } = new URL(url)
  return /^[\d.]+$|:|^[^.]+$/.test(hostname) ? null : hostname.split('.').slice(-2).join('.')
}

function notOne(hash: string, asked: readonly string[], found: readonly string[]): ConfigError {
  if (found.length > 0)
    return new ConfigError(`Several networks see a row in ${hash}.`, {
      details: found,
      fix: 'Pass --protocol with the one that is meant.',
    })
  return new ConfigError(`No row comes out of ${hash}.`, {
    details: [`Networks: ${asked.join(', ')}`],
    fix: 'Check hash and --protocol; where a clone logged it, pass --contracts with a list that names the clone.',
  })
}
