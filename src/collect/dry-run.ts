import type { Ledger } from '../ledger/ledger.ts'
import { decodeFacts } from '../protocols/decode-transaction.ts'
import type { Deployment, Protocol, RawTransaction } from '../protocols/protocol.ts'
import type { BlockRange } from '../records/block-range.ts'
import type { LogFilter } from '../sources/rpc/answers.ts'
import type { RpcClient } from '../sources/rpc/client.ts'
import { eventQuestion } from '../sources/rpc/collect-protocol.ts'
import { addressesOf, topicOf, transferFilters } from '../sources/rpc/collect-transfers.ts'
import { announcementQuestion } from '../sources/rpc/discover-contracts.ts'
import { type ContractMap, contractMap, discoveryTopicsByRole, startOf } from '../sources/rpc/protocol-contracts.ts'
import { type TimedLog, transactionsOf } from '../sources/rpc/transactions.ts'
import { gapsOf, VALUES_A_CALL } from '../sources/rpc/want.ts'
import { beginsLater, type ChainOptions, knownContracts, rangeOf, unknownStarts } from './collect-chain.ts'
import { type Cost, costOf, type NodeFacts, type Question } from './estimate.ts'
import type { Pin } from './finality.ts'
import { type Probe, probeOf, type Window } from './probe.ts'

/** What collecting one protocol from one chain would take. */
export type PlannedChain = {
  readonly chain: string
  readonly protocol: string
  readonly from: number
  readonly to: number
  /** Blocks that are still to be read, for contracts, events and transfers. */
  readonly blocks: number
  /** JSON-RPC calls. */
  readonly calls: number
  readonly bytes: number
  /** From the pace of the probes to a third of it, in seconds. */
  readonly seconds: readonly [least: number, most: number]
  /** Calls that this estimate took. */
  readonly probes: number
  /** What the plan takes for granted, a sentence each. */
  readonly said: readonly string[]
}

/** Calls that an estimate may take, those that pin the chain among them. */
const PROBES = 20
const WINDOWS = 4
const CONCURRENCY = 3

/** Looks at a few windows of the range and adds up what reading all of it would take. Nothing is written. */
export async function planChain(options: ChainOptions, pin: Pin, spent: () => number): Promise<PlannedChain> {
  const { ledger, client, protocol } = options
  const { chain } = client
  const unknown = options.from === undefined ? unknownStarts(protocol, chain) : []
  const range = await rangeOf(unknown.length === 0 ? options : { ...options, from: 0 }, pin)
  const place = { chain, protocol: protocol.id, ...range }
  if (range.from > range.to) {
    const nothing = { blocks: 0, calls: 0, bytes: 0, seconds: [0, 0] as const }
    return { ...place, ...nothing, probes: spent(), said: [beginsLater(range)] }
  }
  const before = spent()
  const probe = probeOf(client, PROBES - before)
  const started = Date.now()
  const questions = await questionsOf({ ledger, client, protocol: protocol as Protocol, range, probe })
  const node = await nodeFacts(options, probe, range, questions.windows)
  const asked = spent() - before
  const latency = (Date.now() - started) / 1000 / Math.max(1, asked)
  const costs = questions.open.map((question) => costOf(question, node))
  const sum = (of: (cost: Cost) => number) => Math.round(costs.reduce((total, cost) => total + of(cost), 0))
  // Which chain it is, and what is final, before and after.
  const calls = sum(({ calls }) => calls) + FIXED_CALLS
  return {
    ...place,
    blocks: questions.open.reduce((total, { blocks }) => total + blocks, 0),
    calls,
    bytes: sum(({ bytes }) => bytes) + FIXED_CALLS * node.headerBytes,
    seconds: [(calls * latency) / CONCURRENCY, calls * latency],
    probes: spent(),
    said: unknown.length === 0 ? [] : [fromTheBeginning(unknown)],
  }
}

function fromTheBeginning(unknown: readonly Deployment[]): string {
  const contracts = [...new Set(unknown.map(({ role }) => role))].join(', ')
  return `from block 0, since nobody has said where these begin: ${contracts}; collecting wants --from`
}

/** eth_chainId twice, the finalized block, that block by its number twice. */
const FIXED_CALLS = 5

type Place = {
  readonly ledger: Ledger
  readonly client: RpcClient
  readonly protocol: Protocol
  readonly range: BlockRange
  readonly probe: Probe
}

async function questionsOf({ ledger, client, protocol, range, probe }: Place) {
  const { chain } = client
  const contracts = contractMap(protocol, chain, await knownContracts(ledger, protocol.id, chain))
  const topics = discoveryTopicsByRole(protocol)
  const declared = [...contracts.values()].filter((contract) => contract.declared)
  const factories = declared.filter(({ role }) => topics.has(role)).map(({ address }) => address)
  const open: Question[] = []
  if (factories.length > 0) {
    const { want, filters } = announcementQuestion(protocol, chain, contracts, factories.sort())
    const announced = {
      from: startOf(
        declared.filter(({ role }) => topics.has(role)),
        range.from,
      ),
      to: range.to,
    }
    const windows = await look(probe, filters, announced)
    remember(protocol, chain, contracts, windows)
    open.push(questionOf(blocksOf(gapsOf(announced, await ledger.covered(want))), filters.length, windows))
  }
  const usage = await usageQuestion({ ledger, client, protocol, range, probe }, contracts)
  open.push(usage.question)
  const transfers = await transferQuestion({ ledger, client, protocol, range, probe }, usage.sightings)
  if (transfers !== null) open.push(transfers)
  return { open: open.filter(({ blocks }) => blocks > 0), windows: usage.windows }
}

/** The question for usage, and the parties of every use in the windows that were looked at. */
async function usageQuestion({ ledger, client, protocol, range, probe }: Place, contracts: ContractMap) {
  const { chain } = client
  const { want, filters, whole } = eventQuestion(protocol, chain, contracts)
  const declared = [...contracts.values()].filter((contract) => contract.declared)
  const wanted = { from: Math.max(range.from, startOf(declared, range.from)), to: range.to }
  const windows = await look(probe, filters, wanted)
  const open = blocksOf(gapsOf(wanted, await ledger.covered(want)))
  const question = questionOf(open, filters.length, windows)
  const found = transactionsIn(chain, windows)
  if (!whole) return { question, windows, sightings: partiesIn(protocol, contracts, found) }
  const { transactions, bytes } = await probe.whole(logsIn(windows))
  const looked = windows.reduce((sum, { blocks }) => sum + blocks, 0)
  return {
    question: { ...question, whole: { aBlock: found.length / Math.max(1, looked), bytes } },
    windows,
    sightings: partiesIn(protocol, contracts, transactions),
  }
}

/** Wallets are known only from events: those of the ledger and the windows, and as many more as the windows suggest. */
async function transferQuestion(
  { ledger, protocol, range, probe, client: { chain } }: Place,
  sightings: readonly string[],
): Promise<Question | null> {
  const assets = addressesOf(protocol.assets.filter((asset) => asset.chain === chain).map(({ asset }) => asset))
  const stored = (await ledger.rows('wallets-of-protocol', { protocol: protocol.id, chain })).map((row) => row.wallet)
  const wallets = addressesOf([...stored.map(String), ...sightings])
  if (wallets.length === 0 || assets.length === 0) return null
  const filters = transferFilters(wallets.map(topicOf), assets)
  const found = await look(probe, filters.slice(0, 2), range, 2)
  const groups = Math.ceil((wallets.length + unseen(sightings)) / VALUES_A_CALL)
  return questionOf(range.to - range.from + 1, Math.max(filters.length, 2 * groups), found)
}

/** How many wallets the windows missed, by Chao's lower bound from those seen once and twice (doi:10.2307/4615964). */
function unseen(sightings: readonly string[]): number {
  const times = new Map<string, number>()
  for (const wallet of sightings) times.set(wallet, (times.get(wallet) ?? 0) + 1)
  const seen = (n: number) => [...times.values()].filter((count) => count === n).length
  const [once, twice] = [seen(1), seen(2)]
  return (once * Math.max(0, once - 1)) / (2 * (twice + 1))
}

/** The parties of every use in the transactions, each as often as it stands there. */
function partiesIn(protocol: Protocol, contracts: ContractMap, transactions: readonly RawTransaction[]): string[] {
  return transactions.flatMap((transaction) => {
    const { facts } = decodeFacts(protocol, transaction, (address) => contracts.get(address))
    const parties = [
      ...(facts.usage_events ?? []).flatMap(({ consumer, provider }) => [consumer, provider]),
      ...(facts.payments ?? []).flatMap(({ from, to }) => [from, to]),
    ]
    return parties.filter((party): party is string => party !== null)
  })
}

function transactionsIn(chain: string, windows: readonly Window[]) {
  return transactionsOf(chain, logsIn(windows))
}

function logsIn(windows: readonly Window[]): TimedLog[] {
  return windows.flatMap((window) => window.logs).map((log) => ({ ...log, timestamp: log.timestamp ?? 0 }))
}

/** Contracts that the windows announce belong to the questions that follow. */
function remember(protocol: Protocol, chain: string, contracts: ContractMap, windows: readonly Window[]): void {
  for (const transaction of transactionsIn(chain, windows)) {
    const { discovered } = decodeFacts(protocol, transaction, (address) => contracts.get(address))
    for (const found of discovered)
      if (!contracts.has(found.address)) contracts.set(found.address, { ...found, declared: false })
  }
}

/** Windows evenly over the range, each as wide as the node takes; the whole range where it fits into one. */
async function look(probe: Probe, filters: readonly LogFilter[], range: BlockRange, most = WINDOWS): Promise<Window[]> {
  const blocks = range.to - range.from + 1
  // Some contracts may begin after the last block.
  if (blocks <= 0) return []
  const windows: Window[] = []
  let width = Math.min(blocks, 10_000)
  const each = Math.max(1, filters.length)
  for (let i = 0; i < most && probe.left() > most; i += 1) {
    const step = Math.floor((blocks - width) / Math.max(1, most - 1))
    const from = range.from + i * step
    const answers: Window[] = []
    for (const filter of filters.slice(0, 2)) {
      const window = await probe.logs(filter, { from, to: from + width - 1 })
      if (window === null) break
      answers.push(window)
      width = Math.min(width, window.blocks)
    }
    if (answers.length === 0) break
    windows.push(joined(answers, each))
    if (width >= blocks) break
  }
  return windows
}

/** The answers to the first filters stand for all of them. */
function joined(answers: readonly Window[], filters: number): Window {
  const scale = filters / answers.length
  return {
    blocks: answers[0]!.blocks,
    logs: answers.flatMap(({ logs }) => logs),
    bytes: answers.reduce((sum, { bytes }) => sum + bytes, 0) * scale,
  }
}

function questionOf(blocks: number, filters: number, windows: readonly Window[]): Question {
  const looked = Math.max(
    1,
    windows.reduce((sum, window) => sum + window.blocks, 0),
  )
  const logs = windows.flatMap((window) => window.logs)
  const bytes = windows.reduce((sum, window) => sum + window.bytes, 0)
  return {
    blocks,
    filters,
    logsABlock: logs.length / looked,
    busyShare: Math.min(1, new Set(logs.map(({ blockNumber }) => blockNumber)).size / looked),
    bytesALog: bytes / Math.max(1, logs.length),
  }
}

async function nodeFacts(
  { client, paranoid = false, chunkBlocks }: ChainOptions,
  probe: Probe,
  range: BlockRange,
  windows: readonly Window[],
): Promise<NodeFacts> {
  const logs = windows.flatMap((window) => window.logs)
  const busy = logs[Math.floor(logs.length / 2)]?.blockNumber ?? range.to
  const at = `0x${busy.toString(16)}`
  const quiet = `0x${Math.floor((range.from + range.to) / 2).toString(16)}`
  const receipts = await probe.bytes('eth_getBlockReceipts', [at])
  const other = receipts === null ? null : await probe.bytes('eth_getBlockReceipts', [quiet])
  return {
    limits: client.limits(),
    times: logs.every(({ timestamp }) => timestamp !== null),
    headerBytes: (await probe.bytes('eth_getBlockByNumber', [at, false])) ?? 0,
    receiptBytes: receipts === null ? null : (receipts + (other ?? receipts)) / 2,
    paranoid,
    mostBlocks: chunkBlocks,
  }
}

function blocksOf(ranges: readonly BlockRange[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0)
}
