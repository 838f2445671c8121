import type { BlockRange } from '../../../records/block-range.ts'
import { InconsistentSourceError } from '../../source.ts'
import { wrongShape } from '../answers.ts'
import { askInParts, NotServedError } from '../ask.ts'
import { hex, type RpcClient } from '../client.ts'
import { groupsOf } from '../want.ts'
import { type BlockWithTransactions, blocksOf } from './headers.ts'
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

const METHOD = 'debug_traceBlockByNumber'
/** Traces of a full block reach some megabytes. */
const BLOCKS_A_CALL = 5
const HEADERS_A_CALL = 100

type Frame = { readonly [name: string]: unknown }

/** Reads ranges by tracing every block that holds a transaction with geth's `callTracer`. */
export async function readCallTraces(
  client: RpcClient,
  wallets: ReadonlySet<string>,
  range: BlockRange,
): Promise<MovesOfRange> {
  const blocks = await blocksOf(client, range, { inFull: false, size: HEADERS_A_CALL })
  const filled = blocks.filter(({ transactions }) => transactions.length > 0)
  const moves = await Promise.all(groupsOf(filled, BLOCKS_A_CALL).map((group) => tracedMoves(client, wallets, group)))
  return { moves: moves.flat(), unknown: [], headers: new Map(blocks.map((block) => [block.number, block])) }
}

async function tracedMoves(
  client: RpcClient,
  wallets: ReadonlySet<string>,
  blocks: readonly BlockWithTransactions[],
): Promise<ValueMove[]> {
  const params = blocks.map(({ number }) => [hex(number), { tracer: 'callTracer' }])
  const answers = await askInParts(client, METHOD, params)
  return answers.flatMap((answer, i) => {
    const { number, transactions } = blocks[i]!
    if (!Array.isArray(answer)) throw wrongShape(client.chain, METHOD, 'a list of traces', answer)
    if (answer.length !== transactions.length)
      throw otherTransactions(client.chain, number, `${transactions.length}`, `${answer.length}`)
    return answer.flatMap((item: unknown, at) => {
      const { txHash: traced, result, error } = (item ?? {}) as Frame
      const txHash = readHash(transactions[at])
      if (txHash === null) throw wrongShape(client.chain, 'eth_getBlockByNumber', 'hashes of transactions', txHash)
      // Older nodes do not say which transaction a trace is of.
      if (traced !== undefined && readHash(traced) !== txHash)
        throw otherTransactions(client.chain, number, txHash, String(traced))
      if (result === undefined) throw new NotServedError(`block ${number}: ${String(error)}`, { fix: FIX })
      const calls = callsIn(client.chain, result)
      return movesOf({ txHash, blockNumber: number }, calls).filter((move) => isOf(wallets, move))
    })
  })
}

const FIX = 'Use a node that keeps the state of these blocks.'

/** A call and all that it called, in order of execution; what failed was undone with everything below it. */
function callsIn(chain: string, item: unknown, path: readonly number[] = []): Call[] {
  const frame = (item ?? {}) as Frame
  if (typeof frame.type !== 'string') throw wrongShape(chain, METHOD, 'a call', item)
  if (typeof frame.error === 'string' && frame.error !== '') return []
  const below = Array.isArray(frame.calls) ? frame.calls : []
  return [...movingCall(chain, frame, path), ...below.flatMap((call, i) => callsIn(chain, call, [...path, i]))]
}

const MOVING: readonly string[] = ['CALL', 'CREATE', 'CREATE2', 'SELFDESTRUCT']

/** The value of a delegated call is that of its caller, told again. */
function movingCall(chain: string, frame: Frame, path: readonly number[]): Call[] {
  if (!MOVING.includes(String(frame.type))) return []
  const [from, to, amount] = [readAddress(frame.from), readAddress(frame.to), readValue(frame.value)]
  if (from === null || to === null || amount === null) throw wrongShape(chain, METHOD, 'a call', frame)
  return frame.type === 'SELFDESTRUCT' && from === to ? [] : [{ path, from, to, amount }]
}

function otherTransactions(chain: string, block: number, header: string, traces: string): InconsistentSourceError {
  return new InconsistentSourceError(`${chain} gave a block and its traces with different transactions.`, {
    details: [`block ${block}`, `block: ${header}`, `traces: ${traces}`],
    fix: 'Collect up to an earlier block, such as --to finalized, or use another endpoint.',
  })
}
