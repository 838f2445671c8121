import { setTimeout as sleep } from 'node:timers/promises'
import { createClient, http, type Transport } from 'viem'
import { SourceError } from '../source.ts'
import { MalformedAnswerError } from './answers.ts'
import { type Failure, RpcError, readFailure, secretsOf } from './failure.ts'
import { classOf } from './failure-table.ts'
import { type Limiter, limiter } from './limiter.ts'
import { type Limits, learnLimits } from './limits.ts'

/** Where a chain is read from: a URL, or any transport of viem. `chain` is CAIP-2, such as `eip155:100`. */
export type Endpoint = { readonly chain: string } & ({ readonly url: string } | { readonly transport: Transport })

export type RpcOptions = {
  /** Calls under way at one node at the same time. */
  readonly concurrency?: number
  /** JSON-RPC calls a second at one node. */
  readonly rps?: number
  /** Wait before the first repetition of a call, in ms; it doubles with each. */
  readonly backoffMs?: number
  readonly timeoutMs?: number
  /** What may still be asked, of all nodes together. */
  readonly budget?: Budget
  /** Ends calls and waits. */
  readonly signal?: AbortSignal
}

/** A number of JSON-RPC calls that a run may make, and has made. */
export type Budget = { readonly most: number; spent: number }

/** One endpoint of a chain: it repeats, waits and gives up as the table of failures says, and learns what it may ask. */
export type Node = {
  readonly limits: Limits
  /** The same call for each list of parameters; `read` checks one answer. */
  ask<value>(
    method: string,
    params: readonly (readonly unknown[])[],
    read: Read<value>,
    /** Whether the caller can ask for less instead. */
    narrowable?: boolean,
  ): Promise<value[]>
}

/** Throws `MalformedAnswerError` where an answer is not what the method gives. `at` is its place among the parameters. */
export type Read<value> = (answer: unknown, at: number) => value

type Request = (
  call: { readonly method: string; readonly params: readonly unknown[] },
  options: { readonly retryCount: number; readonly signal?: AbortSignal },
) => Promise<unknown>

/** Calls in one HTTP request. */
const BATCH = 100
/** A provider that asks for more patience than this is left instead. */
const LONGEST_WAIT_MS = 120_000

export function openNode(endpoint: Endpoint, options: RpcOptions): Node {
  const { concurrency = 4, backoffMs = 250, budget, rps, signal } = options
  const single = requester(endpoint, options, false)
  const batched = 'url' in endpoint ? requester(endpoint, options, true) : single
  const secrets = 'url' in endpoint ? secretsOf(endpoint.url) : []
  const pace = limiter({ concurrency, rps, signal })
  // Some nodes refuse JSON-RPC batches, and transports know none; they are asked one by one.
  const batches = { refused: !('url' in endpoint) }
  const context: Omit<Context, 'narrowable'> = {
    chain: endpoint.chain,
    single,
    batched,
    pace,
    secrets,
    batches,
    backoffMs,
    signal,
    budget,
  }

  async function ask<value>(
    method: string,
    params: readonly (readonly unknown[])[],
    read: Read<value>,
    narrowable = false,
  ) {
    const size = batches.refused ? 1 : BATCH
    const parts: (readonly (readonly unknown[])[])[] = []
    for (let i = 0; i < params.length; i += size) parts.push(params.slice(i, i + size))
    const answers = await Promise.all(
      parts.map((part, i) => askPart({ ...context, narrowable }, method, part, read, i * size)),
    )
    return answers.flat(1) as value[]
  }
  return { limits: learnLimits(), ask }
}

type Context = {
  readonly chain: string
  readonly single: Request
  readonly batched: Request
  readonly pace: Limiter
  readonly secrets: readonly string[]
  readonly batches: { refused: boolean }
  readonly backoffMs: number
  readonly signal: AbortSignal | undefined
  readonly budget: Budget | undefined
  readonly narrowable: boolean
}

/** One HTTP request, again and again as its failures allow. */
async function askPart<value>(
  context: Context,
  method: string,
  params: readonly (readonly unknown[])[],
  read: Read<value>,
  offset: number,
): Promise<value[]> {
  const { chain, pace, secrets, backoffMs, signal } = context
  for (let tries = 0; ; tries += 1) {
    // One of many single calls that fails must not repeat them all.
    if (params.length > 1 && context.batches.refused) {
      const each = params.map((one, i) => askPart(context, method, [one], read, offset + i))
      return (await Promise.all(each)).flat(1) as value[]
    }
    try {
      const answers = await pace.run(params.length, () => send(context, method, params))
      const values = answers.map((answer, i) => read(answer, offset + i))
      pace.answered()
      return values
    } catch (error) {
      signal?.throwIfAborted()
      const failure = failureOf(error, secrets)
      if (params.length > 1 && isAboutBatches(failure.words)) {
        context.batches.refused = true
        continue
      }
      const { remedy, repeats, repeatsBeforeNarrowing = repeats } = classOf(failure.kind)
      const most = context.narrowable ? repeatsBeforeNarrowing : repeats
      if (tries >= most || (failure.retryAfterMs ?? 0) > LONGEST_WAIT_MS) throw new RpcError(chain, method, failure)
      const wait = failure.retryAfterMs ?? backoffMs * 2 ** tries
      if (failure.kind === 'rate') pace.slowDown(wait)
      else await sleep(remedy === 'wait' ? wait * 2 : wait, undefined, signal === undefined ? {} : { signal })
    }
  }
}

async function send(
  { single, batched, budget, signal, chain }: Context,
  method: string,
  params: readonly (readonly unknown[])[],
): Promise<unknown[]> {
  if (budget !== undefined) {
    if (budget.spent + params.length > budget.most) throw new BudgetError(chain, budget)
    budget.spent += params.length
  }
  const request = params.length > 1 ? batched : single
  const asked = { retryCount: 0, ...(signal === undefined ? {} : { signal }) }
  return Promise.all(params.map((one) => request({ method, params: one }, asked)))
}

/** A contradiction, and a limit of our own, are no failures of a call: they go on to the user. */
function failureOf(error: unknown, secrets: readonly string[]): Failure {
  if (error instanceof RpcError) return error.failure
  if (error instanceof MalformedAnswerError)
    return { kind: 'malformed', words: error.words, status: null, retryAfterMs: null }
  if (error instanceof SourceError) throw error
  return readFailure(error, secrets)
}

function isAboutBatches(words: string): boolean {
  return /batch/i.test(words)
}

/** viem refuses bodies above 10 MiB by default, some 12,000 logs. Its own repetitions are off: they do not cut ranges. */
function requester(endpoint: Endpoint, { timeoutMs = 30_000 }: RpcOptions, batch: boolean): Request {
  const transport =
    'url' in endpoint
      ? http(endpoint.url, {
          maxResponseBodySize: false,
          retryCount: 0,
          timeout: timeoutMs,
          ...(batch ? { batch: { batchSize: BATCH } } : {}),
        })
      : endpoint.transport
  return createClient({ transport }).request as unknown as Request
}

/** The run has asked as much as it was allowed to. */
export class BudgetError extends SourceError {
  override readonly exitCode = 4

  constructor(chain: string, { most, spent }: Budget) {
    super(`The ${most} calls that this run may make do not suffice.`, {
      details: [`${spent} calls were made; the next one was for ${chain}`, 'What has been read is kept.'],
      fix: 'Run the same command again, which goes on from here, with a higher --max-requests.',
    })
  }
}
