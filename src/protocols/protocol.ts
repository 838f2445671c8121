import type {
  Abi,
  ContractEventName,
  ContractFunctionArgs,
  ContractFunctionName,
  ContractFunctionReturnType,
  DecodeEventLogReturnType,
} from 'viem'
import type { z } from 'zod'
import type { Claim, Label } from '../records/context.ts'
import type { Facts } from '../records/index.ts'
import type { Payment } from '../records/payment.ts'
import type { EventKind, UsageEvent } from '../records/usage-event.ts'

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

/** An incentive programme whose terms are public, for the ledger to hold whatever logs say. */
export type DeclaredProgramme = {
  /** Null: it counts usage on several chains. */
  readonly chain: string | null
  /** As in `rewards` and `windows`. */
  readonly programme: string
  /** What it counts, such as `requests`; null: something else than usage, or not known. */
  readonly counted: string | null
  /** Where its terms stand. */
  readonly url: string
  /** How its terms changed, each rate for [from, to), UTC ISO dates; to null: not ended as far as the source says. */
  readonly rates?: readonly {
    readonly metric: string
    /** A decimal text; null: without limit. */
    readonly value: string | null
    readonly from: string
    readonly to: string | null
  }[]
}

/** A figure or statement of the network about itself. */
export type DeclaredClaim = Omit<Claim, 'protocol' | 'source'>

/** Clones are found by the event of their factory, never by a scan for a topic. */
export type Discovery = {
  readonly role: string
  readonly event: string
  /** The argument that holds the new address, or the id of a part of the factory; see `partAddress`. */
  readonly argument: string
  /** The role of the contract found. A part logs nothing of its own, so that its role has no events. */
  readonly as: string
  /** The argument that holds what the contract counts in; default: as its factory. */
  readonly asset?: string
  /** Only announcements with this argument; an indexed text is known by its keccak-256 hash alone. */
  readonly where?: { readonly argument: string; readonly equals: string }
}

/** Where a part of a contract stands that has an id of 32 bytes and no address: at the last 20 of them. */
export function partAddress(id: string): string {
  return `0x${id.slice(-40)}`
}

/** A log by which a transaction is found that is then read whole. */
export type Anchor = {
  readonly role: string
  readonly event: string
  /** Only logs with one of these values, lower-case, in an indexed argument. */
  readonly where?: { readonly argument: string; readonly among: readonly string[] }
}

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
  /** The contract of the protocol at an address of the transaction's chain, declared or announced up to it. */
  readonly find: (address: string) => Deployment | undefined
}

/** Shapes of the entities that a subgraph is asked for, by the field of the query that gives them. */
export type Entities = { readonly [field: string]: z.ZodType<{ readonly id: string; readonly blockNumber: number }> }

/** What of a protocol stays the same for all rows of one chain. */
export type SubgraphPlace = Pick<Protocol, 'deployments' | 'assets'> & { readonly chain: string }

/**
 * What a subgraph of The Graph knows of a protocol. The document asks for each field page by page, in windows of blocks;
 * `decode` is pure and gets all entities of one window, which hold whole transactions.
 */
export type Subgraph<entities extends Entities = Entities> = {
  /** Name of the file in `queries/subgraph`, without its ending; of a network of one's own, the URL of a file, or the text. */
  readonly document: string | URL | { readonly text: string }
  readonly entities: entities
  /** What the chain tells and the subgraph does not, in the words of the field. */
  readonly unavailable: readonly string[]
  decode(
    found: { readonly [field in keyof entities]: readonly z.output<entities[field]>[] },
    place: SubgraphPlace,
  ): UnsourcedFacts
}

/** A subgraph whatever its entities are. */
export type AnySubgraph = Omit<Subgraph, 'decode'> & { decode(found: never, place: SubgraphPlace): UnsourcedFacts }

/** Declares a subgraph; the shapes of its entities flow into `decode`. */
export function defineSubgraph<const entities extends Entities>(subgraph: Subgraph<entities>): Subgraph<entities> {
  return subgraph
}

/** A usage as the ledger knows it when a view is asked about it. Null: not known. */
export type KnownUsage = {
  readonly [column in 'consumer' | 'provider' | 'payer' | 'payee' | 'service' | 'asset']: string | null
} & { readonly usage_id: string; readonly status: string }

/** One leg of a payment that a view told of. Amounts are in the smallest unit of the asset; what is left out is not known. */
export type ToldPayment = Pick<Payment, 'kind'> &
  Partial<Pick<Payment, 'from' | 'to' | 'asset' | 'amount' | 'expected_amount'>>

/** What a view told of a usage; what is left out is not known. Logs stand before it. */
export type ToldUsage = Partial<
  Pick<
    UsageEvent,
    | ('consumer' | 'provider' | 'evaluator' | 'service' | 'payload_hash' | 'class')
    | ('units' | 'expected_units' | 'unit_kind')
  >
> & { readonly payments?: readonly ToldPayment[] }

type ViewName<abi extends Abi> = ContractFunctionName<abi, 'view' | 'pure'>

/**
 * A view call that tells what no log does, asked once for each usage at the last block of a collection. Its functions are
 * pure; addresses in a result are lower-case.
 */
export type Read<contracts extends Contracts = Contracts> = {
  [role in keyof contracts & string]: {
    [view in ViewName<contracts[role]>]: {
      readonly role: role
      /** The function, as the ABI of the role names it. */
      readonly view: view
      /** Which contract of the role to ask. Default: the only one of the chain. Null: none. */
      contract?(usage: KnownUsage): string | null
      /** Null: there is nothing to ask about this usage. */
      args(usage: KnownUsage): ContractFunctionArgs<contracts[role], 'view' | 'pure', view> | null
      /** Null: the contract knows nothing of this usage, which is kept in `rejects`. */
      decode(
        result: ContractFunctionReturnType<contracts[role], 'view' | 'pure', view>,
        usage: KnownUsage,
      ): ToldUsage | null
    }
  }[ViewName<contracts[role]>]
}[keyof contracts & string]

/** A view call whatever its contract is called. */
export type AnyRead = {
  readonly role: string
  readonly view: string
  contract?(usage: KnownUsage): string | null
  args(usage: KnownUsage): readonly unknown[] | null
  decode(result: never, usage: KnownUsage): ToldUsage | null
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
  /** View calls for what the logs leave out. */
  readonly reads?: readonly Read<contracts>[]
  /**
   * Where the logs of all contracts are too many, or do not say enough by themselves: a transport asks for these only,
   * and reads each transaction that holds one with its sender and all its logs.
   */
  readonly anchors?: readonly Anchor[]
  /** Whatever else decides what the same logs give, such as lists a user has added; part of every coverage spec. */
  readonly configuration?: string
  readonly assets: readonly DeclaredAsset[]
  /** A second source for the same rows, where somebody indexes the protocol. */
  readonly subgraph?: AnySubgraph
  readonly programmes?: readonly DeclaredProgramme[]
  /** What published lists say of addresses; each names its list. */
  readonly labels?: readonly Label[]
  /** What the network says of itself, each with its URL and date. */
  readonly claims?: readonly DeclaredClaim[]
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
export type AnyProtocol = Omit<Protocol, 'decode' | 'reads'> & {
  readonly reads?: readonly AnyRead[]
  decode(transaction: never): UnsourcedFacts
}

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
