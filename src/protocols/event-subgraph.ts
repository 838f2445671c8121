import type { Abi, AbiEvent, AbiParameter, Address, Hex } from 'viem'
import { z } from 'zod'
import {
  type Contracts,
  type DecodedLog,
  defineSubgraph,
  type Subgraph,
  type SubgraphPlace,
  type Transaction,
  type UnsourcedFacts,
} from './protocol.ts'

/** Scalars as graph-node writes them. */
export const bytes = z.string().regex(/^0x([0-9a-f]{2})*$/) as unknown as z.ZodType<Hex>
export const word = z.string().regex(/^0x[0-9a-f]{64}$/) as unknown as z.ZodType<Hex>
export const address = z.string().regex(/^0x[0-9a-f]{40}$/) as unknown as z.ZodType<Address>
export const bigInt = z
  .string()
  .regex(/^\d{1,78}$/)
  .transform(BigInt)
export const integer = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)

/** Fields that hold the place of a log, and what its id must be made of. */
export const place = { id: bytes, blockNumber: integer, blockTimestamp: integer, transactionHash: word }
export const isPlaced = ({ id, transactionHash }: { id: string; transactionHash: string }) =>
  id.length === 74 && id.startsWith(transactionHash)
export const misplaced = 'the id does not hold transaction hash and log index'

/** graph-node appends the log index to the hash of the transaction, its four bytes in little-endian order. */
export function logIndexIn(id: string): number {
  return Buffer.from(id.slice(-8), 'hex').readUInt32LE()
}

type Entity = z.output<z.ZodObject<typeof place>> & { readonly [field: string]: unknown }

/** Where the arguments of one event stand in a subgraph. */
export type EventSubgraph<contracts extends Contracts> = {
  /** One query with one field; see `Subgraph`. */
  readonly document: Subgraph['document']
  readonly field: string
  readonly contracts: contracts
  readonly role: keyof contracts & string
  readonly event: string
  /** The decoder of the chain, which gets the logs again. */
  decode(transaction: Transaction<contracts>): UnsourcedFacts
}

/**
 * A subgraph as `graph init` makes it of a contract: an entity for each log of the event, with its place and a field for
 * each argument, of which those that are lists or structs are not read.
 */
export function eventSubgraph<const contracts extends Contracts>(options: EventSubgraph<contracts>): Subgraph {
  const { contracts, role, event, field } = options
  const inputs = subgraphFields(eventOf(contracts[role]!, event))
  const shapes = Object.fromEntries(inputs.map(({ field, input }) => [field, shapeOf(input)]))
  const entity = z.object({ ...shapes, ...place }).refine((one) => isPlaced(one as Entity), misplaced)
  return defineSubgraph({
    document: options.document,
    entities: { [field]: entity as unknown as z.ZodType<Entity> },
    unavailable: ['The sender of a transaction.'],
    decode: (found, at) => {
      const facts = transactionsOf(found[field] as readonly Entity[], at).map((transaction) =>
        options.decode(transaction),
      )
      return {
        usage_events: facts.flatMap(({ usage_events = [] }) => usage_events),
        payments: facts.flatMap(({ payments = [] }) => payments),
      }
    },
  })

  function transactionsOf(entities: readonly Entity[], at: SubgraphPlace): Transaction<contracts>[] {
    const transactions = new Map<string, Transaction<contracts> & { readonly logs: DecodedLog<contracts>[] }>()
    const deployment = at.deployments.find((one) => one.chain === at.chain && one.role === role)
    for (const { id, blockNumber, blockTimestamp, transactionHash: hash, ...rest } of entities) {
      const transaction = transactions.get(hash) ?? {
        ...{ chain: at.chain, hash, blockNumber, timestamp: blockTimestamp * 1000, from: null },
        ...{ logs: [], rawLogs: [], find: () => undefined },
      }
      const args = Object.fromEntries(inputs.map(({ field, input }) => [input.name, rest[field]]))
      const log = { eventName: event, args, role, address: deployment?.address ?? '', logIndex: logIndexIn(id) }
      transaction.logs.push({ ...log, deployment } as unknown as DecodedLog<contracts>)
      transactions.set(hash, transaction)
    }
    for (const { logs } of transactions.values()) logs.sort((a, b) => a.logIndex - b.logIndex)
    return [...transactions.values()]
  }
}

/** The arguments of an event that an entity holds in one field each. Those named like its place get a name of their own. */
export function subgraphFields(event: AbiEvent): { readonly field: string; readonly input: AbiParameter }[] {
  return event.inputs
    .filter(({ type }) => !/\[|^tuple/.test(type))
    .map((input) => ({ field: Object.hasOwn(place, input.name ?? '') ? `${input.name}_` : `${input.name}`, input }))
}

function eventOf(abi: Abi, name: string): AbiEvent {
  const found = abi.find((item) => item.type === 'event' && item.name === name)
  if (found === undefined) throw new TypeError(`the ABI has no event ${name}`)
  return found as AbiEvent
}

/** A value as a log gives it: integers of up to 48 bits are numbers, larger ones bigints. Small ones come as numbers. */
function shapeOf({ type, indexed }: AbiParameter & { readonly indexed?: boolean }): z.ZodType {
  const [, bits] = /^u?int(\d*)$/.exec(type) ?? []
  if (bits !== undefined) {
    const text = z.union([z.string().regex(/^-?\d{1,78}$/), z.int().transform(String)])
    return text.transform((value) => (bits !== '' && Number(bits) <= 48 ? Number(value) : BigInt(value)))
  }
  if (type === 'address') return address
  if (type === 'bool') return z.boolean()
  return type === 'string' && indexed !== true ? z.string() : bytes
}
