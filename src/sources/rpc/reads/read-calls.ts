import {
  type Abi,
  type AbiFunction,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
  toFunctionSelector,
} from 'viem'
import { ConfigError } from '../../../errors.ts'
import type { AnyProtocol, AnyRead, KnownUsage, ToldUsage } from '../../../protocols/protocol.ts'
import type { ContractMap } from '../protocol-contracts.ts'
import type { ViewCall } from './call-views.ts'

/** A view to ask about one usage; `index` is the place of the view among those of its protocol. */
export type ReadCall = ViewCall & { readonly read: AnyRead; readonly index: number; readonly usage: KnownUsage }

/** A usage about which nothing could be asked, or whose answer says nothing. */
export type ReadFailure = { readonly usage: KnownUsage; readonly reason: string; readonly raw: string }

/** The views of a protocol that can be asked on a chain, with the contract of each where there is but one. */
export type AskableRead = { readonly read: AnyRead; readonly index: number; readonly only: string | null }

/** Views whose role has a contract on this chain. Fails where there are several and the view does not say which. */
export function askableReads({ id, reads = [] }: AnyProtocol, contracts: ContractMap): AskableRead[] {
  return reads.flatMap((read, index): AskableRead[] => {
    const addresses = [...contracts.values()].filter(({ role }) => role === read.role).map(({ address }) => address)
    if (addresses.length === 0) return []
    if (read.contract !== undefined) return [{ read, index, only: null }]
    if (addresses.length === 1) return [{ read, index, only: addresses[0]! }]
    throw new ConfigError(`${id} does not say which contract answers ${read.view}.`, {
      details: [`${addresses.length} contracts have the role ${read.role}`],
      fix: 'Add `contract` to the view call, which names the one to ask about a usage.',
    })
  })
}

/** What is to be asked about some usages, in the order of the usages. */
export function readCalls(
  protocol: AnyProtocol,
  reads: readonly AskableRead[],
  contracts: ContractMap,
  usages: readonly KnownUsage[],
): { readonly calls: readonly ReadCall[]; readonly failures: readonly ReadFailure[] } {
  const calls: ReadCall[] = []
  const failures: ReadFailure[] = []
  for (const usage of usages) {
    for (const { read, index, only } of reads) {
      const name = nameOf(read)
      try {
        const to = only ?? read.contract?.(usage)?.toLowerCase() ?? null
        const args = to === null ? null : read.args(usage)
        if (to === null || args === null) continue
        if (contracts.get(to)?.role !== read.role) throw new TypeError(`${to} is no such contract of ${protocol.id}`)
        const abi = protocol.contracts[read.role] as Abi
        const data = encodeFunctionData({ abi, functionName: read.view, args })
        calls.push({ read, index, usage, to: to as Hex, data })
      } catch (error) {
        failures.push({ usage, reason: `${name}: ${firstLine(error)}`, raw: JSON.stringify(usage) })
      }
    }
  }
  return { calls, failures }
}

/** What an answer tells of the usage, or why it tells nothing. */
export function readAnswer(
  { contracts }: AnyProtocol,
  { read, usage }: ReadCall,
  data: Hex,
): { readonly told: ToldUsage } | { readonly reason: string } {
  if (data === '0x') return { reason: `${nameOf(read)}: the contract answered nothing` }
  try {
    const abi = contracts[read.role] as Abi
    const result = decodeFunctionResult({ abi, functionName: read.view, data })
    const told = read.decode(lowerCase(result) as never, usage)
    return told === null ? { reason: `${nameOf(read)}: the contract knows nothing of this usage` } : { told }
  } catch (error) {
    return { reason: `${nameOf(read)}: ${firstLine(error)}` }
  }
}

export function nameOf({ role, view }: AnyRead): string {
  return `${role} ${view}`
}

/** The first four bytes of what each view is called by. */
export function selectorsOf({ contracts }: AnyProtocol, reads: readonly AskableRead[]): string[] {
  return reads.flatMap(({ read }) =>
    (contracts[read.role] as Abi)
      .filter((item): item is AbiFunction => item.type === 'function' && item.name === read.view)
      .map((item) => toFunctionSelector(item)),
  )
}

const ADDRESS = /^0x[0-9a-fA-F]{40}$/

/** The same result with addresses as the ledger writes them. */
function lowerCase(value: unknown): unknown {
  if (typeof value === 'string') return ADDRESS.test(value) ? value.toLowerCase() : value
  if (Array.isArray(value)) return value.map(lowerCase)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, lowerCase(inner)]))
}

function firstLine(error: unknown): string {
  return String((error as Error).message).split('\n')[0]!
}
