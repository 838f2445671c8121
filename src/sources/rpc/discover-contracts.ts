import { transactionDecoder } from '../../protocols/decode-transaction.ts'
import type { Protocol } from '../../protocols/protocol.ts'
import type { Label } from '../../records/context.ts'
import type { Reject } from '../../records/coverage.ts'
import type { Batch } from '../../records/index.ts'
import { malformedReject } from '../decode-rejects.ts'
import type { Want } from '../source.ts'
import type { Chunk } from './chunk.ts'
import { type ContractMap, discoveryTopicsByRole, labelOf, startOf } from './protocol-contracts.ts'
import { coverageOf, readChunks } from './read-chunks.ts'
import type { ProtocolReading } from './reading.ts'
import { filtersOf, gapsOf, progressOver, sourceOf, specOf } from './want.ts'

/**
 * Finds every contract of the protocol before any of their events is read, since the logs of one transaction come from
 * several contracts and must be decoded together. Only what factories announce is read, from the start of the factory
 * whatever range is asked for. Contracts found join `contracts`; where they are factories themselves, it goes on.
 */
export async function* discoverContracts(reading: ProtocolReading, contracts: ContractMap): AsyncGenerator<Batch> {
  const topics = discoveryTopicsByRole(reading.protocol)
  const declared = [...contracts.values()].filter(({ role, declared }) => declared && topics.has(role))
  const range = { from: startOf(declared, reading.range.from), to: reading.range.to }
  const asked = new Set<string>()
  let factories = declared.map(({ address }) => address)
  while (factories.length > 0 && !reading.signal?.aborted) {
    for (const address of factories) asked.add(address)
    yield* readAnnouncements({ ...reading, range }, contracts, factories.sort())
    factories = [...contracts.values()]
      .filter(({ role, address }) => topics.has(role) && !asked.has(address))
      .map(({ address }) => address)
  }
}

/** The question for what factories announce, as it is asked and as coverage remembers it. */
export function announcementQuestion(
  protocol: Protocol,
  chain: string,
  contracts: ContractMap,
  factories: readonly string[],
) {
  const byRole = discoveryTopicsByRole(protocol)
  const topics = [...new Set(factories.flatMap((at) => [...(byRole.get(contracts.get(at)!.role) ?? [])]))].sort()
  const spec = specOf({ version: protocol.version, addresses: factories, topics })
  const want: Want = { source: sourceOf(chain), protocol: protocol.id, chain, table: 'labels', spec }
  return { want, filters: filtersOf(factories, [topics]) }
}

async function* readAnnouncements(
  reading: ProtocolReading,
  contracts: ContractMap,
  factories: readonly string[],
): AsyncGenerator<Batch> {
  const { client, protocol } = reading
  const { chain } = client
  const byRole = discoveryTopicsByRole(protocol)
  const { want, filters } = announcementQuestion(protocol, chain, contracts, factories)
  const gaps = gapsOf(reading.range, await reading.covered(want))
  const said = progressOver(`${protocol.id} on ${chain}: contracts`, gaps, reading.progress)
  const chunks = readChunks(reading, {
    range: reading.range,
    gaps,
    filters,
    keep: (log) => byRole.get(contracts.get(log.address)!.role)?.has(log.topics[0] ?? '') ?? false,
  })
  for await (const chunk of chunks) {
    const found = announcedIn(reading, contracts, chunk)
    yield { facts: { ...found, coverage: [coverageOf(want, chunk)] } }
    said(chunk)
  }
}

/** Adds the contracts that a chunk announces, the first announcement of each. */
function announcedIn({ protocol, source }: ProtocolReading, contracts: ContractMap, chunk: Chunk) {
  const decode = transactionDecoder(protocol)
  const labels: Label[] = []
  const rejects: Reject[] = []
  for (const transaction of chunk.transactions) {
    const { discovered, malformed } = decode(transaction, (address) => contracts.get(address))
    rejects.push(...malformed.map((one) => malformedReject(source, 'labels', transaction, one)))
    for (const contract of discovered) {
      if (contracts.has(contract.address)) continue
      contracts.set(contract.address, { ...contract, declared: false })
      labels.push(labelOf(protocol.id, contract, transaction.timestamp))
    }
  }
  return { labels, rejects }
}
