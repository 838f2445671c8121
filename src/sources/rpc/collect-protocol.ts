import { decodeFacts } from '../../protocols/decode-transaction.ts'
import type { AnyProtocol, Deployment, Protocol } from '../../protocols/protocol.ts'
import type { Reject } from '../../records/coverage.ts'
import type { Batch, Facts } from '../../records/index.ts'
import { malformedReject, oversizedReject } from '../decode-rejects.ts'
import { contextRows } from '../protocol-rows.ts'
import type { Want } from '../source.ts'
import { anchorFilters } from './anchors.ts'
import type { Chunk } from './chunk.ts'
import { discoverContracts } from './discover-contracts.ts'
import { type ContractMap, contractMap, discoveryTopicsByRole, startOf, topicsByRole } from './protocol-contracts.ts'
import { coverageOf, readChunks } from './read-chunks.ts'
import type { ProtocolReading, Reading } from './reading.ts'
import { filtersOf, gapsOf, progressOver, sourceOf, specOf } from './want.ts'

/**
 * Reads what a protocol's contracts logged on one chain, chunk by chunk, each chunk with the coverage it completes.
 * First come the contracts its factories announced, then the events of all contracts together. The set of contracts
 * is part of the question: one found later makes all earlier ranges a new want, which is read again and merges by key.
 * `known` are contracts that an earlier run found, since what announced them is not read again.
 */
export async function* collectProtocol(
  base: Reading,
  protocol: AnyProtocol,
  known: readonly Deployment[] = [],
): AsyncGenerator<Batch> {
  const { chain } = base.client
  const contracts = contractMap(protocol, chain, known)
  if (![...contracts.values()].some(({ declared }) => declared)) return
  const reading = { ...base, protocol: protocol as Protocol, source: sourceOf(chain) }
  yield { facts: contextRows(protocol, chain) }
  yield* discoverContracts(reading, contracts)
  if (!base.signal?.aborted) yield* readEvents(reading, contracts)
}

/** The question for the usage of a protocol, as it is asked and as coverage remembers it. */
export function eventQuestion(protocol: Protocol, chain: string, contracts: ContractMap) {
  const { id, version, configuration } = protocol
  const whole = protocol.anchors !== undefined
  const { filters, asked } = whole ? anchorQuestion(protocol, contracts) : contractQuestion(protocol, contracts)
  const spec = specOf({ version, ...asked, ...(configuration === undefined ? {} : { configuration }) })
  const want: Want = { source: sourceOf(chain), protocol: id, chain, table: 'usage_events', spec }
  return { want, filters, whole }
}

/** The logs by which transactions are found. */
function anchorQuestion(protocol: Protocol, contracts: ContractMap) {
  const filters = anchorFilters(protocol, contracts)
  return { filters, asked: { anchors: filters } }
}

/** The events of all contracts together. */
function contractQuestion(protocol: Protocol, contracts: ContractMap) {
  const byRole = topicsByRole(protocol)
  // Parts of a contract that have an id but no events of their own are no addresses.
  const logging = [...contracts.values()].filter(({ role }) => (byRole.get(role)?.size ?? 0) > 0)
  const addresses = logging.map(({ address }) => address).sort()
  const roles = new Set(logging.map(({ role }) => role))
  const topics = [...new Set([...roles].flatMap((role) => [...(byRole.get(role) ?? [])]))].sort()
  return { filters: filtersOf(addresses, [topics]), asked: { addresses, topics } }
}

/** The coverage of `usage_events` stands for every table that the protocol's decoder fills. */
async function* readEvents(reading: ProtocolReading, contracts: ContractMap): AsyncGenerator<Batch> {
  const { client, protocol, range } = reading
  const { chain } = client
  const byRole = topicsByRole(protocol)
  const { want, filters, whole } = eventQuestion(protocol, chain, contracts)
  const declared = [...contracts.values()].filter((contract) => contract.declared)
  const wanted = { from: Math.max(range.from, startOf(declared, range.from)), to: range.to }
  const gaps = gapsOf(wanted, await reading.covered(want))
  const said = progressOver(`${protocol.id} on ${chain}: events`, gaps, reading.progress)
  const chunks = readChunks(reading, {
    range: wanted,
    gaps,
    filters,
    whole,
    keep: (log) => byRole.get(contracts.get(log.address)!.role)?.has(log.topics[0] ?? '') ?? false,
  })
  for await (const chunk of chunks) {
    yield { facts: { ...factsOf(reading, contracts, chunk), coverage: [coverageOf(want, chunk)] } }
    said(chunk)
  }
}

type Row = { readonly [column: string]: unknown }

function factsOf({ protocol, source }: ProtocolReading, contracts: ContractMap, chunk: Chunk): Facts {
  const facts: { [table: string]: Row[] } = {}
  const rejects: Reject[] = []
  const announcing = discoveryTopicsByRole(protocol)
  for (const transaction of chunk.transactions) {
    const decoded = decodeFacts(protocol, transaction, (address) => contracts.get(address))
    for (const [table, rows] of Object.entries(decoded.facts) as [string, readonly Row[]][]) {
      facts[table] ??= []
      for (const row of rows) facts[table].push({ ...row, source })
    }
    for (const one of decoded.malformed) {
      // What a factory announces was read, and rejected, when contracts were discovered.
      const role = contracts.get(one.log.address)?.role ?? ''
      if (announcing.get(role)?.has(one.log.topics[0] ?? '')) continue
      rejects.push(malformedReject(source, 'usage_events', transaction, one))
    }
    for (const one of decoded.oversized) rejects.push(oversizedReject(source, transaction, one))
  }
  return { ...(facts as Facts), rejects: [...((facts.rejects as Reject[] | undefined) ?? []), ...rejects] }
}
