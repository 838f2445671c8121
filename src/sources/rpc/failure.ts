import { SourceError } from '../source.ts'

/** What a failed call asks for: `range` and `size` a smaller question, the next three patience, `other` a person. */
export type FailureKind = 'range' | 'size' | 'rate' | 'timeout' | 'unavailable' | 'other'

/** What is known of a failed call. `words` are the provider's own, without what its URL holds in secret. */
export type Failure = {
  readonly kind: FailureKind
  readonly words: string
  readonly status: number | null
  /** How long the provider asks us to wait. */
  readonly retryAfterMs: number | null
}

const SIZE =
  /response size|(response|result|payload|body)[^.]{0,20} too (big|large|many)|too many (logs|results|events)|more than [\d,_]+\s?k? (results|logs|events)|(exceed|max|limit)[^.]{0,40}\b(results|logs)\b|logs? matched|query timeout|quer(y|ies) (has |have )?timed? ?out/i
const RANGE =
  /\branges?\b[^.]{0,60}(exceed|too |limit|max|greater than|up to|over|allowed)|(exceed|limit|max|too (large|wide|big)|up to|at most)[^.]{0,60}\b(range|block range)\b|too many blocks|blocks? distance|(limited to|at most|up to|maximum)[^.]{0,30}[\d,_]+\s?k? blocks?/i
const RATE =
  /rate.?limit|too many requests|requests? (per|limit)|limit reached|compute units|capacity|throughput|quota|limit exceeded/i
const TIMEOUT = /timed? ?out|deadline exceeded/i

/** Reads an error of viem, or of any EIP-1193 transport, without keeping it: its message holds the URL and the request. */
export function readFailure(error: unknown, secrets: readonly string[]): Failure {
  const chain = causes(error)
  const status = first(chain, ({ status }) => (typeof status === 'number' ? status : undefined)) ?? null
  const code = first(chain, ({ code }) => (typeof code === 'number' ? code : undefined)) ?? null
  const name = first(chain, ({ name }) => (name === 'TimeoutError' ? name : undefined))
  const words = wordsOf(chain, secrets)
  const failure = { words, status, retryAfterMs: retryAfter(chain) }
  if (name !== undefined) return { ...failure, kind: 'timeout' }
  return { ...failure, kind: kindOf(words, status, code) }
}

/** Words come before codes: providers use one code for many things, and send ranges too wide with status 500. */
function kindOf(words: string, status: number | null, code: number | null): FailureKind {
  if (status === 429 || code === 429) return 'rate'
  if (status === 413 || SIZE.test(words)) return 'size'
  if (RANGE.test(words)) return 'range'
  if (code === -32005 || code === -32007 || RATE.test(words)) return 'rate'
  if (status === 408 || status === 504 || TIMEOUT.test(words)) return 'timeout'
  const unanswered = status === null && code === null
  return unanswered || (status !== null && status >= 500) ? 'unavailable' : 'other'
}

type Cause = { readonly [field: string]: unknown }

function causes(error: unknown): Cause[] {
  const chain: Cause[] = []
  let next: unknown = error
  while (typeof next === 'object' && next !== null && chain.length < 10) {
    chain.push(next as Cause)
    next = (next as Cause).cause
  }
  return chain
}

function first<value>(chain: readonly Cause[], read: (cause: Cause) => value | undefined): value | undefined {
  for (const cause of chain) {
    const value = read(cause)
    if (value !== undefined) return value
  }
  return undefined
}

/** viem keeps the provider's message in `details`; other transports in the message of the innermost cause. */
function wordsOf(chain: readonly Cause[], secrets: readonly string[]): string {
  const details = first(chain, ({ details }) => (typeof details === 'string' && details !== '' ? details : undefined))
  const last = chain.at(-1)
  const inner = [last?.message, last?.code].filter((part) => typeof part === 'string' && part !== '').join(' ')
  const words = details === undefined || details === 'fetch failed' ? inner : details
  const hidden = secrets.reduce((text, secret) => text.replaceAll(secret, '<redacted>'), words)
  return hidden.length > 500 ? `${hidden.slice(0, 500)}…` : hidden
}

function retryAfter(chain: readonly Cause[]): number | null {
  const header = first(chain, ({ headers }) => (headers instanceof Headers ? headers : undefined))?.get('retry-after')
  if (header === undefined || header === null) return null
  const seconds = Number(header)
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now()
  return Number.isFinite(wait) && wait > 0 ? wait : null
}

/** What of a URL must not be printed: user info, values of its query, and path segments that look like keys. */
export function secretsOf(url: string): string[] {
  try {
    const { username, password, searchParams, pathname } = new URL(url)
    const segments = pathname.split('/').filter((segment) => segment.length >= 16)
    return [username, password, ...searchParams.values(), ...segments].filter((text) => text.length >= 4)
  } catch {
    return []
  }
}

const FIXES: { readonly [kind in FailureKind]: string } = {
  range: 'Use an endpoint that answers eth_getLogs for at least one block.',
  size: 'Use an endpoint without a limit on the size of answers.',
  rate: 'Run the same command again later; what has been read is kept. Or use an endpoint with a higher limit.',
  timeout: 'Run the same command again; what has been read is kept. Or use a faster endpoint.',
  unavailable: 'Check that the endpoint is up and its URL is right, then run the same command again.',
  other: 'Check the URL, the access that its key gives, and that the node keeps the logs of these blocks.',
}

/** A call that failed for good. `kind` lets a caller ask for less. */
export class RpcError extends SourceError {
  readonly kind: FailureKind

  constructor(chain: string, method: string, { kind, words, status }: Failure) {
    super(`${chain} did not answer ${method}.`, {
      details: [
        `The provider says: ${words === '' ? '(nothing)' : words}`,
        ...(status === null ? [] : [`HTTP ${status}`]),
      ],
      fix: FIXES[kind],
    })
    this.kind = kind
  }
}
