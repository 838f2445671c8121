import { withoutOversized } from '../../protocols/decode-transaction.ts'
import type { AnyProtocol, Deployment, KnownUsage, ToldUsage } from '../../protocols/protocol.ts'
import type { Reject } from '../../records/coverage.ts'
import type { Batch, Facts } from '../../records/index.ts'
import type { Payment } from '../../records/payment.ts'
import type { UsageEvent } from '../../records/usage-event.ts'
import { oversizedReject } from '../decode-rejects.ts'
import type { Covered, Progress, Want } from '../source.ts'
import type { Block } from './answers.ts'
import type { RpcClient } from './client.ts'
import { contractMap } from './protocol-contracts.ts'
import { rangeCoverage } from './range-coverage.ts'
import { callViews, type ViewAnswer } from './reads/call-views.ts'
import { MULTICALL_HASH, type PinnedBlock, pinBlock } from './reads/pin-block.ts'
import {
  askableReads,
  nameOf,
  type ReadCall,
  type ReadFailure,
  readAnswer,
  readCalls,
  selectorsOf,
} from './reads/read-calls.ts'
import { groupsOf, sourceOf, specOf } from './want.ts'

export type CollectReads = {
  readonly client: RpcClient
  readonly protocol: AnyProtocol
  /** Usages of the protocol on the chain, as the query `usages-to-read` gives them. */
  readonly usages: readonly KnownUsage[]
  /** The block at which every call is made. */
  readonly block: Block
  /** Contracts that factories announced. */
  readonly known?: readonly Deployment[]
  readonly covered: Covered
  /** Usages in one batch. Another number asks other questions of the ledger. Default 2,000. */
  readonly usagesABatch?: number
  /** Keccak-256 of the code by which the contract that answers many calls in one is known. Default: Multicall3. */
  readonly multicallHash?: string
  readonly progress?: Progress
  /** Ends the collection between two batches. */
  readonly signal?: AbortSignal
}

/**
 * Asks the view calls that a protocol declares about its usages, all at one block, and gives the answers as events of
 * kind `read`. A call that is reverted, or whose answer says nothing, stands in `rejects` with its reason.
 */
export async function* collectReads(options: CollectReads): AsyncGenerator<Batch> {
  const { client, protocol, block, covered, progress, signal } = options
  const contracts = contractMap(protocol, client.chain, options.known ?? [])
  const reads = askableReads(protocol, contracts)
  if (reads.length === 0) return
  const usages = [...options.usages].sort((a, b) => (a.usage_id < b.usage_id ? -1 : 1))
  const selectors = selectorsOf(protocol, reads)
  let pinned: PinnedBlock | null = null
  let [done, rows] = [0, 0]
  for (const group of groupsOf(usages, options.usagesABatch ?? 2_000)) {
    if (signal?.aborted) return
    const { calls, failures } = readCalls(protocol, reads, contracts, group)
    const want = wantOf(options, selectors, calls)
    const ranges = calls.length + failures.length === 0 ? [] : await covered(want)
    const isAsked = ranges.some(({ from, to }) => from <= block.number && block.number <= to)
    if (calls.length + failures.length > 0 && !isAsked) {
      try {
        pinned ??= await pinBlock(client, block, options.multicallHash ?? MULTICALL_HASH)
        const answers = await callViews(client, pinned, calls)
        await pinned.check()
        const facts = factsOf(options, want, { calls, failures, answers })
        yield { facts }
        rows += facts.usage_events?.length ?? 0
      } catch (error) {
        if (signal?.aborted) return
        throw error
      }
    }
    done += group.length
    progress?.({ stage: `${protocol.id} on ${client.chain}: view calls`, done, total: usages.length, rows })
  }
}

/** The block is part of the question: a number can come to name another block. */
function wantOf({ client, protocol, block }: CollectReads, selectors: readonly string[], calls: readonly ReadCall[]) {
  const asked = calls.map(({ usage, to, data }) => [usage.usage_id, to, data])
  const spec = specOf({ version: protocol.version, block: block.hash, selectors, asked })
  const { chain } = client
  return { source: sourceOf(chain), protocol: protocol.id, chain, table: 'usage_events', spec } satisfies Want
}

type Asked = {
  readonly calls: readonly ReadCall[]
  readonly failures: readonly ReadFailure[]
  readonly answers: readonly ViewAnswer[]
}

function factsOf({ protocol, block }: CollectReads, want: Want, { calls, failures, answers }: Asked): Facts {
  const { source, chain } = want
  const events: Omit<UsageEvent, 'source'>[] = []
  const payments: Omit<Payment, 'source'>[] = []
  const rejects: Reject[] = failures.map((failure) => rejectOf(source, block, failure))
  calls.forEach((call, i) => {
    const answer = answers[i]!
    const read =
      'data' in answer
        ? readAnswer(protocol, call, answer.data)
        : { reason: `${nameOf(call.read)}: ${answer.reverted}` }
    if ('reason' in read) {
      const { to, data, usage } = call
      const raw = JSON.stringify({ to, data, block: block.hash, ...answer })
      rejects.push(rejectOf(source, block, { usage, reason: read.reason, raw }))
      return
    }
    const place = placeOf(chain, protocol.id, block, call)
    events.push(eventOf(place, read.told))
    payments.push(...paymentsOf(place, read.told))
  })
  const { facts, oversized } = withoutOversized({ usage_events: events, payments })
  for (const one of oversized) {
    const hash = String((one.row as { readonly tx_hash?: unknown }).tx_hash)
    rejects.push(oversizedReject(source, { hash, blockNumber: block.number, logs: [] }, one))
  }
  const sourced = <row>(rows: readonly row[] = []) => rows.map((row) => ({ ...row, source }))
  const coverage = rangeCoverage(want, { first: block, last: block, method: 'eth_call', rows: events.length })
  return {
    usage_events: sourced(facts.usage_events),
    payments: sourced(facts.payments),
    rejects,
    coverage: [coverage],
  }
}

/** A read has no log: its key is the block at which it was made, the usage, and which view was asked. */
function placeOf(chain: string, protocol: string, block: Block, { usage, index }: ReadCall) {
  const { usage_id } = usage
  const key = { chain, tx_hash: hashOf(block, usage), log_index: -1, sub_index: index }
  return { ...key, protocol, usage_id, block_number: block.number, timestamp: block.timestamp }
}

function hashOf(block: Block, { usage_id }: KnownUsage): string {
  return `read:${block.hash}:${usage_id}`
}

function eventOf(place: ReturnType<typeof placeOf>, { payments: _, ...told }: ToldUsage): Omit<UsageEvent, 'source'> {
  return {
    ...place,
    kind: 'read',
    consumer: null,
    provider: null,
    evaluator: null,
    tx_from: null,
    service: null,
    units: null,
    expected_units: null,
    unit_kind: null,
    payload_hash: null,
    attribution: 'view-call',
    class: 'ordinary',
    ...told,
  }
}

function paymentsOf(place: ReturnType<typeof placeOf>, { payments = [] }: ToldUsage): Omit<Payment, 'source'>[] {
  const unknown = { from: null, to: null, asset: null, amount: null, expected_amount: null }
  return payments.map((payment, leg) => ({ ...place, event_kind: 'read', leg, ...unknown, ...payment }))
}

function rejectOf(source: string, block: Block, { usage, reason, raw }: ReadFailure): Reject {
  return { source, table_name: 'usage_events', position: hashOf(block, usage), reason, raw }
}
