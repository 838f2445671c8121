import type { BlockRange } from '../../../records/block-range.ts'
import { InconsistentSourceError } from '../../source.ts'
import { otherHash, wrongShape } from '../answers.ts'
import { askInParts, isTooMuch } from '../ask.ts'
import { hex, type RpcClient } from '../client.ts'
import { groupsOf } from '../want.ts'
import { headersOf } from './headers.ts'
import {
  type Call,
  isOf,
  type MovesOfRange,
  movesOf,
  readAddress,
  readHash,
  readValue,
  type ValueMove,
} from './value-move.ts'

/** A trace that may have moved value. */
type Trace = Call & {
  readonly txHash: string
  readonly blockNumber: number
  readonly blockHash: string
  readonly failed: boolean
}

const METHOD_WHOLE = 'trace_transaction'
const WALLETS_A_CALL = 200
/** Providers that cut answers short do so at a round number. */
const ROUND = 1_000

/** Reads ranges by `trace_filter`. What a node was found to refuse as too wide is not asked of it again. */
export function traceFilterReader(client: RpcClient) {
  let widest = Number.POSITIVE_INFINITY
  let isServed = false

  async function filtered(question: object, asked: ReadonlySet<string>, range: BlockRange): Promise<Trace[]> {
    const { from, to } = range
    if (to - from < widest) {
      try {
        const params = [{ ...question, fromBlock: hex(from), toBlock: hex(to) }]
        const [answer] = await client.ask('trace_filter', [params])
        if (!Array.isArray(answer)) throw wrongShape(client.chain, 'trace_filter', 'a list of traces', answer)
        if (from === to || answer.length === 0 || answer.length % ROUND !== 0) {
          const traces = answer.flatMap((item) => readTrace(client.chain, 'trace_filter', item) ?? [])
          for (const trace of traces) if (!trace.failed) checkAsked(client.chain, trace, asked, range)
          return traces
        }
      } catch (error) {
        if (!isTooMuch(error) || from === to) throw error
        if (error.kind !== 'size') widest = Math.min(widest, Math.ceil((to - from + 1) / 2))
      }
    }
    const middle = Math.floor((from + to) / 2)
    const left = await filtered(question, asked, { from, to: middle })
    return left.concat(await filtered(question, asked, { from: middle + 1, to }))
  }

  return async (wallets: ReadonlySet<string>, range: BlockRange): Promise<MovesOfRange> => {
    // Nodes differ in whether two sides in one question mean both or either.
    const questions = groupsOf([...wallets], WALLETS_A_CALL).flatMap((group) => {
      const asked = new Set(group)
      return ['fromAddress', 'toAddress'].map((side) => () => filtered({ [side]: group }, asked, range))
    })
    // Whether the method is served at all is found out by one call.
    const answered = isServed ? [] : [await questions.shift()!()]
    isServed = true
    answered.push(...(await Promise.all(questions.map((ask) => ask()))))
    const found = new Map<string, Trace>()
    for (const trace of answered.flat()) found.set(placeOf(trace), trace)
    const traces = [...found.values()].filter((trace) => !trace.failed && isOf(wallets, trace))
    const headers = await headersOf(client, range, new Set(traces.map(({ blockNumber }) => blockNumber)))
    for (const { blockNumber, blockHash } of traces) {
      const { hash } = headers.get(blockNumber)!
      if (hash !== blockHash) throw otherHash(client.chain, blockNumber, hash, blockHash)
    }
    const ownMoves = traces.filter(({ path }) => path.length === 0).flatMap((trace) => movesOf(trace, [trace]))
    const inner = await innerMoves(
      client,
      traces.filter(({ path }) => path.length > 0),
    )
    return { moves: [...ownMoves, ...inner.filter((move) => isOf(wallets, move))], unknown: [], headers }
  }
}

/**
 * All moves by calls of the transactions in which such a call was found. They are asked for whole: a call that was undone
 * with its caller carries no mark of its own, and its number among the others is not known else.
 */
async function innerMoves(client: RpcClient, found: readonly Trace[]): Promise<ValueMove[]> {
  const groups = new Map<string, Trace[]>()
  for (const trace of found) {
    const group = groups.get(trace.txHash)
    if (group === undefined) groups.set(trace.txHash, [trace])
    else group.push(trace)
  }
  const params = [...groups.keys()].map((hash) => [hash])
  const answers = await askInParts(client, METHOD_WHOLE, params)
  return [...groups.values()].flatMap((traces, i) => {
    const answer = answers[i]
    if (!Array.isArray(answer)) throw wrongShape(client.chain, METHOD_WHOLE, 'a list of traces', answer)
    const failed = new Set(answer.filter((item) => (item as Fields).error).map((item) => readPath(item)?.join('.')))
    const whole = answer.flatMap((item) => readTrace(client.chain, METHOD_WHOLE, item) ?? [])
    const held = new Set(whole.map((trace) => `${placeOf(trace)} ${trace.blockHash}`))
    for (const trace of traces)
      if (!held.has(`${placeOf(trace)} ${trace.blockHash}`)) throw notInTransaction(client.chain, trace)
    const stood = whole.filter(({ path }) => !path.some((_, at) => failed.has(path.slice(0, at).join('.'))))
    const calls = stood.filter((trace) => !trace.failed).sort((a, b) => byPath(a.path, b.path))
    return movesOf(traces[0]!, calls).filter(({ inner }) => inner > 0)
  })
}

function byPath(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((step, i) => step !== b[i])
  return at === -1 ? a.length - b.length : a[at]! - (b[at] ?? -1)
}

type Fields = { readonly [name: string]: unknown }

/** Null where the trace can move no value: a delegated or static call, a reward to a miner. */
function readTrace(chain: string, method: string, item: unknown): Trace | null {
  const trace = (item ?? {}) as Fields
  const action = (trace.action ?? {}) as Fields
  const sides = sidesOf(trace, action)
  if (sides === null) return null
  const failed = typeof trace.error === 'string' && trace.error !== ''
  const from = readAddress(sides.from)
  // What a failed creation would have been called is told by some nodes only.
  const to = readAddress(sides.to) ?? (failed ? '' : null)
  const amount = readValue(sides.value)
  const [txHash, blockHash, path] = [readHash(trace.transactionHash), readHash(trace.blockHash), readPath(trace)]
  const blockNumber = trace.blockNumber
  if (from === null || to === null || amount === null || txHash === null || blockHash === null || path === null)
    throw wrongShape(chain, method, 'a trace', item)
  if (!Number.isSafeInteger(blockNumber)) throw wrongShape(chain, method, 'a trace', item)
  return { txHash, blockNumber: blockNumber as number, blockHash, path, from, to, amount, failed }
}

function sidesOf({ type, result }: Fields, action: Fields) {
  if (type === 'call')
    return action.callType === 'call' ? { from: action.from, to: action.to, value: action.value } : null
  if (type === 'create') return { from: action.from, to: (result as Fields | null)?.address, value: action.value }
  // A contract that destroys itself for its own benefit moves nothing to anybody.
  if (type === 'suicide' && action.address !== action.refundAddress)
    return { from: action.address, to: action.refundAddress, value: action.balance }
  return null
}

function readPath(item: unknown): number[] | null {
  const path = ((item ?? {}) as Fields).traceAddress
  return Array.isArray(path) && path.every((step) => Number.isSafeInteger(step)) ? (path as number[]) : null
}

function placeOf({ txHash, path }: Trace): string {
  return `${txHash}:${path.join('.')}`
}

function checkAsked(chain: string, trace: Trace, asked: ReadonlySet<string>, { from, to }: BlockRange): void {
  const isInside = trace.blockNumber >= from && trace.blockNumber <= to
  if (isInside && (asked.has(trace.from) || asked.has(trace.to))) return
  throw new InconsistentSourceError(`${chain} gave a trace that was not asked for.`, {
    details: [
      `asked for ${asked.size} wallets in blocks ${from} to ${to}`,
      `got block ${trace.blockNumber}, a call from ${trace.from} to ${trace.to} in ${trace.txHash}`,
    ],
    fix: 'Use another endpoint; this one does not filter as asked.',
  })
}

function notInTransaction(chain: string, { txHash, path, blockNumber }: Trace): InconsistentSourceError {
  return new InconsistentSourceError(`${chain} gave a call that its transaction does not hold.`, {
    details: [`trace_filter: call ${path.join('.')} of ${txHash} in block ${blockNumber}`, 'trace_transaction: none'],
    fix: 'Collect up to an earlier block, such as --to finalized, or use another endpoint.',
  })
}
