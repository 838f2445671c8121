import { setTimeout as sleep } from 'node:timers/promises'
import { GraphQLClient } from 'graphql-request'
import { z } from 'zod'
import { secretsOf } from '../rpc/failure.ts'
import {
  behind,
  indexingErrors,
  otherBlock,
  otherDeployment,
  type Pin,
  readSubgraphFailure,
  SubgraphError,
  type SubgraphFailure,
  strangeAnswer,
} from './failure.ts'

export type SubgraphOptions = {
  /** CAIP-2. The subgraph does not say which chain it indexes; a pin from the chain proves it. */
  readonly chain: string
  readonly url: string
  /** How often to look again while the subgraph is behind the pin. */
  readonly patience?: number
  /** Wait between two looks in ms, and before the first repetition of a failed question, which doubles. */
  readonly waitMs?: number
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/** What the subgraph says of itself. */
export type Meta = { readonly deployment: string; readonly block: Pin }

export type SubgraphClient = {
  readonly chain: string
  /** Asks anything; the answer is checked by the caller. */
  ask(text: string, variables?: { readonly [name: string]: unknown }): Promise<unknown>
  /** Waits until the subgraph has indexed the pin, by its hash; without one, takes the block where it stands. */
  settle(pin?: Pin): Promise<Meta>
  /** Asks at the block of `meta` (`$block`), and refuses an answer of another block or deployment, or over indexing errors. */
  askAt(meta: Meta, text: string, variables?: { readonly [name: string]: unknown }): Promise<unknown>
}

/** How often a question is repeated unchanged; while the subgraph is behind, `patience` says it. */
const RETRIES: { readonly [kind in SubgraphFailure['kind']]: number } = {
  rate: 6,
  unavailable: 4,
  timeout: 2,
  behind: 0,
  'unknown-block': 0,
  broken: 0,
  other: 0,
}

const meta = z.object({
  _meta: z.object({
    deployment: z.string().min(1),
    hasIndexingErrors: z.boolean(),
    block: z.object({ number: z.int().nonnegative(), hash: z.string().regex(/^0x[0-9a-f]{64}$/i) }),
  }),
})

const FIELDS = '{ deployment hasIndexingErrors block { number hash } }'
const HEAD = `query Head { _meta ${FIELDS} }`
const PINNED = `query Pinned($block: Bytes!) { _meta(block: { hash: $block }) ${FIELDS} }`

/** Connects to a subgraph of The Graph. Nothing is asked before the first call. */
export function subgraphClient(options: SubgraphOptions): SubgraphClient {
  const { chain, url, patience = 20, waitMs = 1_000, timeoutMs = 60_000, signal } = options
  const client = new GraphQLClient(url)
  const secrets = secretsOf(url)
  const pause = (ms: number) => sleep(ms, undefined, signal === undefined ? {} : { signal })

  async function ask(text: string, variables: { readonly [name: string]: unknown } = {}): Promise<unknown> {
    for (let tries = 0; ; tries += 1) {
      const limits = [AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])]
      try {
        return await client.request({ document: text, variables, signal: AbortSignal.any(limits) })
      } catch (error) {
        signal?.throwIfAborted()
        const failure = readSubgraphFailure(error, secrets)
        const isBehind = failure.kind === 'behind'
        if (failure.kind === 'broken') throw indexingErrors(chain, failure.words)
        if (tries >= (isBehind ? patience : RETRIES[failure.kind])) throw new SubgraphError(chain, failure)
        await pause(failure.retryAfterMs ?? (isBehind ? waitMs : waitMs * 2 ** tries))
      }
    }
  }

  async function askAt(
    { deployment, block }: Meta,
    text: string,
    variables: { readonly [name: string]: unknown } = {},
  ): Promise<unknown> {
    const answer = await ask(text, { ...variables, block: block.hash }).catch(async (error: unknown) => {
      if (!(error instanceof SubgraphError) || error.kind !== 'unknown-block') throw error
      throw otherBlock(chain, block, metaOf(chain, await ask(HEAD)).block)
    })
    const got = metaOf(chain, answer)
    if (got.deployment !== deployment) throw otherDeployment(chain, deployment, got.deployment)
    if (got.block.hash !== block.hash || got.block.number !== block.number) throw otherBlock(chain, block, got.block)
    return answer
  }

  async function settle(pin?: Pin): Promise<Meta> {
    let head = metaOf(chain, await ask(HEAD))
    if (pin === undefined) return head
    for (let tries = 0; head.block.number < pin.number; tries += 1) {
      if (tries >= patience) throw behind(chain, pin, head.block)
      await pause(waitMs)
      head = metaOf(chain, await ask(HEAD))
    }
    const meta = { deployment: head.deployment, block: { number: pin.number, hash: pin.hash.toLowerCase() } }
    await askAt(meta, PINNED)
    return meta
  }

  return { chain, ask, askAt, settle }
}

function metaOf(chain: string, answer: unknown): Meta {
  const parsed = meta.safeParse(answer)
  if (!parsed.success) throw strangeAnswer(chain, 'the block at which it stands', answer)
  const { deployment, hasIndexingErrors, block } = parsed.data._meta
  if (hasIndexingErrors) throw indexingErrors(chain, '_meta.hasIndexingErrors is true')
  return { deployment, block: { number: block.number, hash: block.hash.toLowerCase() } }
}
