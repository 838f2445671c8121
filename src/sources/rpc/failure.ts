import { SourceError } from '../source.ts'
import { classOf, type FailureKind, failureTable } from './failure-table.ts'

/** What is known of a failed call. `words` are the provider's own, without what its URL holds in secret. */
export type Failure = {
  readonly kind: FailureKind
  readonly words: string
  readonly status: number | null
  /** How long the provider asks us to wait. */
  readonly retryAfterMs: number | null
}

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

function kindOf(words: string, status: number | null, code: number | null): FailureKind {
  const said = failureTable.find((row) => row.words?.test(words))
  if (status === 429 || code === 429) return 'rate'
  if (said !== undefined) return said.kind
  const meant = failureTable.find(
    ({ codes, statuses }) => codes?.includes(code ?? Number.NaN) || statuses?.includes(status ?? Number.NaN),
  )
  if (meant !== undefined) return meant.kind
  // Nothing answered at all: refused, reset, or a name that leads nowhere.
  return (status === null && code === null) || (status !== null && status >= 500) ? 'unavailable' : 'unknown'
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

/** As the user wrote it, where its escapes can be read. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** What a header without user and password would be. */
const NO_CREDENTIALS = Buffer.from(':').toString('base64')

/** What of a URL must not be printed: user info, as it stands and as the header that it becomes, values of its query, and path segments that look like keys. */
export function secretsOf(url: string): string[] {
  try {
    const { username, password, searchParams, pathname } = new URL(url)
    const segments = pathname.split('/').filter((segment) => segment.length >= 16)
    const plain = [username, password].map(decoded)
    const header = Buffer.from(plain.join(':')).toString('base64')
    const all = [header, username, password, ...plain, ...searchParams.values(), ...segments]
    return all.filter((text) => text.length >= 4 && text !== NO_CREDENTIALS)
  } catch {
    return []
  }
}

/** A call that failed for good at one node, or at all of them. `kind` lets a caller ask for less. */
export class RpcError extends SourceError {
  readonly kind: FailureKind
  readonly method: string
  readonly failure: Failure

  constructor(chain: string, method: string, failure: Failure) {
    const { kind, words, status } = failure
    super(`${chain} did not answer ${method}.`, {
      details: [
        `The provider says: ${words === '' ? '(nothing)' : words}`,
        ...(status === null ? [] : [`HTTP ${status}`]),
      ],
      fix: classOf(kind).fix,
    })
    this.kind = kind
    this.method = method
    this.failure = failure
  }
}
