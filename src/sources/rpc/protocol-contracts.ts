import { type Abi, type AbiEvent, toEventSelector } from 'viem'
import type { Deployment, Protocol } from '../../protocols/protocol.ts'
import type { Label } from '../../records/context.ts'

/** The contracts of a protocol on one chain by address: those declared, and those that factories announced. */
export type ContractMap = Map<string, Deployment & { readonly declared: boolean }>

/** `known` are contracts that an earlier run found. A declaration wins over an announcement. */
export function contractMap(protocol: Protocol, chain: string, known: readonly Deployment[]): ContractMap {
  const contracts: ContractMap = new Map()
  const add = (found: readonly Deployment[], declared: boolean) => {
    for (const one of found)
      if (one.chain === chain && one.role in protocol.contracts) contracts.set(one.address, { ...one, declared })
  }
  add(known, false)
  add(protocol.deployments, true)
  return contracts
}

type TopicsByRole = ReadonlyMap<string, ReadonlySet<string>>

/** First topics of the events that a protocol reads from each role. */
export function topicsByRole(protocol: Protocol): TopicsByRole {
  return new Map(Object.entries(protocol.contracts).map(([role, abi]) => [role, topicsOf(abi, () => true)]))
}

/** First topics of the events by which each role announces new contracts; roles that announce none are left out. */
export function discoveryTopicsByRole(protocol: Protocol): TopicsByRole {
  const roles = new Map<string, Set<string>>()
  for (const { role, event } of protocol.discoveries ?? []) {
    const topics = topicsOf(protocol.contracts[role] ?? [], ({ name }) => name === event)
    roles.set(role, new Set([...(roles.get(role) ?? []), ...topics]))
  }
  return roles
}

function topicsOf(abi: Abi, wanted: (event: AbiEvent) => boolean): Set<string> {
  const events = abi.filter((item): item is AbiEvent => item.type === 'event')
  return new Set(events.filter(wanted).map((event) => toEventSelector(event)))
}

/** Where reading has to begin; a contract of unknown start is read from where the user says. */
export function startOf(contracts: readonly Deployment[], otherwise: number): number {
  return Math.min(...contracts.map(({ fromBlock }) => fromBlock ?? otherwise))
}

/**
 * How the ledger remembers a discovered contract, since the log that announced it is not read again on resume.
 * The name is `<protocol>:<role>`, and `:<asset>` where the contract inherits what it counts in.
 */
export function labelOf(protocol: string, contract: Deployment, announcedAt: number): Label {
  const { chain, address, role, asset } = contract
  const name = [protocol, role, ...(asset === undefined ? [] : [asset])].join(':')
  const as_of = new Date(announcedAt).toISOString().slice(0, 10)
  return { address, chain, kind: 'contract', name, source: `protocol:${protocol}`, as_of }
}

/** The contract that a label remembers; null where the label says something else. */
export function contractOf(protocol: string, chain: string, address: string, name: string): Deployment | null {
  const [owner, role, ...asset] = name.split(':')
  if (owner !== protocol || role === undefined) return null
  return {
    chain,
    role,
    address,
    fromBlock: null,
    ...(asset.length === 0 ? {} : { asset: asset.join(':') }),
    verified: false,
    source: 'found by an earlier run',
  }
}
