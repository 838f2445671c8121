import type { AbiEvent } from 'viem'
import { type TableName, tables } from '../records/index.ts'
import { type Column, MAX_AMOUNT } from '../records/table.ts'
import { compileEvent, type EventDecoder } from './decode-log.ts'
import {
  type Contracts,
  type DecodedLog,
  type Deployment,
  type Discovery,
  type Protocol,
  partAddress,
  type RawLog,
  type RawTransaction,
  type Transaction,
  type UnsourcedFacts,
} from './protocol.ts'

/** A log of one of the protocol's own contracts that does not hold what its event declares. */
export type MalformedLog = { readonly log: RawLog; readonly reason: string }

/** A row that the ledger cannot hold exactly. */
export type OversizedRow = { readonly table: TableName; readonly row: object; readonly reason: string }

export type DecodedTransaction<contracts extends Contracts = Contracts> = Transaction<contracts> & {
  /** Contracts that a factory announced in this transaction. */
  readonly discovered: readonly Deployment[]
  readonly malformed: readonly MalformedLog[]
}

/** Contracts found earlier, on the chain of the transaction. */
export type FindDeployment = (address: string) => Deployment | undefined

export type DecodeTransaction<contracts extends Contracts = Contracts> = (
  raw: RawTransaction,
  extraDeployments?: FindDeployment,
) => DecodedTransaction<contracts>

/**
 * Compiles the events of a protocol. A log is the protocol's if its address is that of a deployment or of a contract
 * discovered, in this transaction or before; a log with the same topic0 from anywhere else stays in `rawLogs` only.
 */
export function transactionDecoder<contracts extends Contracts>(
  protocol: Protocol<contracts>,
): DecodeTransaction<contracts> {
  const events = compileContracts(protocol.contracts)
  const deployments = new Map(protocol.deployments.map((found) => [`${found.chain}:${found.address}`, found]))
  const discoveries = new Map<string, Discovery[]>()
  for (const found of protocol.discoveries ?? []) {
    const key = `${found.role}:${found.event}`
    discoveries.set(key, [...(discoveries.get(key) ?? []), found])
  }

  return (raw, extraDeployments) => {
    const logs: DecodedLog<contracts>[] = []
    const malformed: MalformedLog[] = []
    const discovered = new Map<string, Deployment>()

    function decode(log: RawLog, deployment: Deployment): void {
      const decoded = decodeLog(log, deployment, events, malformed)
      if (decoded === null) return
      logs.push(decoded as unknown as DecodedLog<contracts>)
      const args = decoded.args as { readonly [name: string]: unknown }
      for (const discovery of discoveries.get(`${deployment.role}:${decoded.eventName}`) ?? []) {
        const { where } = discovery
        if (where !== undefined && String(args[where.argument]) !== where.equals) continue
        const found = announced(raw, deployment, discovery, args)
        discovered.set(found.address, found)
      }
    }

    const find = (address: string) =>
      deployments.get(`${raw.chain}:${address}`) ?? discovered.get(address) ?? extraDeployments?.(address)

    // A clone may log before its factory announces it, so what is left is tried again while contracts are found.
    let rest: readonly RawLog[] = raw.logs
    let before: number
    do {
      before = discovered.size
      rest = rest.filter((log) => {
        const deployment = find(log.address)
        if (deployment === undefined) return true
        decode(log, deployment)
        return false
      })
    } while (discovered.size > before && rest.length > 0)

    logs.sort((a, b) => a.logIndex - b.logIndex)
    // Field by field: spreading `raw` would cost as much as all of the decoding.
    const { chain, hash, blockNumber, timestamp, from, logs: rawLogs } = raw
    const found = [...discovered.values()]
    return { chain, hash, blockNumber, timestamp, from, logs, rawLogs, find, discovered: found, malformed }
  }
}

type EventsByRole = ReadonlyMap<string, ReadonlyMap<string, readonly EventDecoder[]>>

function compileContracts(contracts: Contracts): EventsByRole {
  return new Map(
    Object.entries(contracts).map(([role, abi]) => {
      const events = new Map<string, EventDecoder[]>()
      for (const item of abi) {
        if (item.type !== 'event') continue
        const event = compileEvent(item as AbiEvent)
        events.set(event.topic0, [...(events.get(event.topic0) ?? []), event])
      }
      return [role, events]
    }),
  )
}

/** Null where the log is none of the events used, or malformed, which `malformed` then holds. */
function decodeLog(log: RawLog, deployment: Deployment, events: EventsByRole, malformed: MalformedLog[]) {
  const known = events.get(deployment.role)?.get(log.topics[0] ?? '')
  if (known === undefined) return null
  // Two versions of a contract can share topic0 and differ in what they index.
  const event = known.find(({ topicCount }) => topicCount === log.topics.length) ?? known[0]!
  try {
    const args = event.decode(log.topics, log.data)
    const { role } = deployment
    return { eventName: event.name, args, role, address: log.address, logIndex: log.logIndex, deployment }
  } catch (error) {
    malformed.push({ log, reason: `${deployment.role} ${event.name}: ${(error as Error).message}` })
    return null
  }
}

/** A clone counts in the asset that its announcement names, else in that of its factory where that has one. */
function announced(
  raw: RawTransaction,
  factory: Deployment,
  discovery: Discovery,
  args: { readonly [name: string]: unknown },
): Deployment {
  const named = String(args[discovery.argument])
  const asset = discovery.asset === undefined ? factory.asset : String(args[discovery.asset])
  return {
    chain: raw.chain,
    role: discovery.as,
    address: named.length === 66 ? partAddress(named) : named,
    fromBlock: raw.blockNumber,
    ...(asset === undefined ? {} : { asset }),
    verified: factory.verified,
    source: `announced by ${factory.role} ${factory.address} in ${raw.hash}`,
  }
}

/** What one transaction says, ready to be stored once each row has its source. */
export type DecodedFacts = {
  readonly facts: UnsourcedFacts
  readonly discovered: readonly Deployment[]
  readonly malformed: readonly MalformedLog[]
  readonly oversized: readonly OversizedRow[]
}

const decoders = new WeakMap<object, DecodeTransaction>()

/** Decodes one transaction into facts; the protocol is compiled on its first use. */
export function decodeFacts<contracts extends Contracts>(
  protocol: Protocol<contracts>,
  raw: RawTransaction,
  extraDeployments?: FindDeployment,
): DecodedFacts {
  const known = decoders.get(protocol) as DecodeTransaction<contracts> | undefined
  const decode = known ?? transactionDecoder(protocol)
  if (known === undefined) decoders.set(protocol, decode as unknown as DecodeTransaction)
  const transaction = decode(raw, extraDeployments)
  const { facts, oversized } = withoutOversized(protocol.decode(transaction))
  return { facts, oversized, discovered: transaction.discovered, malformed: transaction.malformed }
}

const amountColumns = new Map<string, readonly string[]>(
  Object.entries(tables).map(([table, { columns }]) => [
    table,
    Object.entries<Column>(columns).flatMap(([name, column]) => (column.type === 'amount' ? [name] : [])),
  ]),
)

/**
 * Takes out the rows whose amounts the ledger cannot hold. A usage event stays, its units unknown: that the use took
 * place does not hang on how much it says it was.
 */
export function withoutOversized(facts: UnsourcedFacts): {
  readonly facts: UnsourcedFacts
  readonly oversized: readonly OversizedRow[]
} {
  const oversized: OversizedRow[] = []
  const kept: { [table: string]: readonly object[] } = {}
  for (const [table, rows] of Object.entries(facts) as [TableName, readonly { [column: string]: unknown }[]][]) {
    kept[table] = rows.flatMap((row) => {
      const large = amountColumns.get(table)!.filter((column) => isOversized(row[column]))
      if (large.length === 0) return [row]
      oversized.push({ table, row, reason: `${large.join(' and ')} above 10^38 - 1` })
      return table === 'usage_events' ? [{ ...row, ...Object.fromEntries(large.map((column) => [column, null])) }] : []
    })
  }
  return { facts: kept as UnsourcedFacts, oversized }
}

function isOversized(value: unknown): boolean {
  return typeof value === 'bigint' && (value > MAX_AMOUNT || value < -MAX_AMOUNT)
}
