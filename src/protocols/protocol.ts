import type { Abi, ContractEventName, DecodeEventLogReturnType } from 'viem'
import type { Facts } from '../records/index.ts'
import type { EventKind } from '../records/usage-event.ts'

/** Where a contract of a protocol stands. `fromBlock` null: not known, the user must say from where to read. */
export type Deployment = {
  /** CAIP-2, such as `eip155:100`. */
  readonly chain: string
  /** Which of the protocol's contracts this is. */
  readonly role: string
  /** Lower-case. */
  readonly address: string
  readonly fromBlock: number | null
  /** What the contract counts in, where its logs do not say: a token address or `native`. */
  readonly asset?: string
  /** Whether address and start block were checked against a second source, and which source they come from. */
  readonly verified: boolean
  readonly source: string
}

/** A token or unit that the protocol vouches for, so that value measures may use it. */
export type DeclaredAsset = {
  readonly chain: string
  readonly asset: string
  readonly symbol: string
  readonly decimals: number
  /** `USD`: one unit is taken to be worth one US dollar. */
  readonly peg?: 'USD'
}

/** Clones are found by the event of their factory, never by a scan for a topic. */
export type Discovery = {
  readonly role: string
  readonly event: string
  /** The argument that holds the new address. */
  readonly argument: string
  /** The role of the contract found. */
  readonly as: string
  /** Only announcements with this argument; an indexed text is known by its keccak-256 hash alone. */
  readonly where?: { readonly argument: string; readonly equals: string }
}

/** A log by which a transaction is found that is then read whole. */
export type Anchor = {
  readonly role: string
  readonly event: string
  /** Only logs with one of these values, lower-case, in an indexed argument. */
  readonly where?: { readonly argument: string; readonly among: readonly string[] }
}

/** What an adapter vouches for and no log tells. Each row names its own source; `chain` null: on all its chains. */
export type ProtocolContext = Pick<Facts, 'labels' | 'programmes' | 'windows' | 'claims'>

/** One log as a transport hands it over. Hex texts are lower-case; `timestamp` is UTC in ms. */
export type RawLog = {
  readonly address: string
  readonly topics: readonly string[]
  readonly data: string
  readonly logIndex: number
}

/** The logs of one transaction, in order of their index. `from` null: the transport did not fetch it. */
export type RawTransaction = {
  readonly chain: string
  readonly hash: string
  readonly blockNumber: number
  readonly timestamp: number
  readonly from: string | null
  readonly logs: readonly RawLog[]
}

export type Contracts = { readonly [role: string]: Abi }

/** A log of one of the protocol's own contracts, decoded by (chain, address, topic0, number of topics). */
export type DecodedLog<contracts extends Contracts = Contracts> = {
  [role in keyof contracts & string]: DecodeEventLogReturnType<contracts[role], ContractEventName<contracts[role]>> & {
    readonly role: role
    readonly address: string
    readonly logIndex: number
    readonly deployment: Deployment
  }
}[keyof contracts & string]

/** What a decoder gets: one transaction, with the protocol's logs decoded and all others raw. */
export type Transaction<contracts extends Contracts = Contracts> = Omit<RawTransaction, 'logs'> & {
  readonly logs: readonly DecodedLog<contracts>[]
  /** Every log of the transaction that the transport has seen, the protocol's among them. */
  readonly rawLogs: readonly RawLog[]
}

/**
 * One AI network: what its contracts are called, where they stand, and what their events mean.
 * `decode` is pure; it returns rows for any table, amounts as bigint, and leaves `source` to the caller.
 */
export type Protocol<contracts extends Contracts = Contracts> = {
  readonly id: string
  readonly title: string
  /** Raised whenever the same logs would give other rows: it is part of every coverage spec. */
  readonly version: number
  readonly contracts: contracts
  readonly deployments: readonly Deployment[]
  readonly discoveries?: readonly Discovery[]
  /**
   * Where the logs of all contracts are too many, or do not say enough by themselves: a transport asks for these only,
   * and reads each transaction that holds one with its sender and all its logs.
   */
  readonly anchors?: readonly Anchor[]
  /** Whatever else decides what the same logs give, such as lists a user has added; part of every coverage spec. */
  readonly configuration?: string
  readonly context?: ProtocolContext
  readonly assets: readonly DeclaredAsset[]
  /** What the network's own public figure counts. */
  readonly metric: {
    readonly statuses: readonly EventKind[]
    readonly time: 'settled_at' | 'requested_at'
    readonly unitKind: string | null
  }
  /** For the page of networks, in the words of the field. */
  readonly about: {
    readonly row: string
    readonly consumer: string
    readonly provider: string
    readonly price: string
    readonly unavailable: readonly string[]
    readonly traps: readonly string[]
    readonly references: readonly { readonly title: string; readonly url: string }[]
  }
  decode(transaction: Transaction<contracts>): UnsourcedFacts
}

/** A protocol whatever its contracts are called. */
export type AnyProtocol = Omit<Protocol, 'decode'> & { decode(transaction: never): UnsourcedFacts }

/** Facts as a decoder writes them: each row still without its `source`. */
export type UnsourcedFacts = {
  readonly [table in keyof Facts]?: readonly Omit<NonNullable<Facts[table]>[number], 'source'>[]
}

/** Declares a protocol; the contracts' types flow into `decode`. */
export function defineProtocol<const contracts extends Contracts>(protocol: Protocol<contracts>): Protocol<contracts> {
  return protocol
}

/** The same protocol on other contracts: a fork, a private deployment, a test chain. */
export function withDeployments<contracts extends Contracts>(
  protocol: Protocol<contracts>,
  deployments: readonly Deployment[],
  assets: readonly DeclaredAsset[] = protocol.assets,
): Protocol<contracts> {
  return {
    ...protocol,
    deployments: deployments.map((deployment) => ({ ...deployment, address: deployment.address.toLowerCase() })),
    assets: assets.map((asset) => ({ ...asset, asset: asset.asset.toLowerCase() })),
  }
}
