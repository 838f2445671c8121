import { ClientError } from 'graphql-request'
import { type Failure, readFailure } from '../rpc/failure.ts'
import { InconsistentSourceError, SourceError } from '../source.ts'

/** The block at which everything is read. */
export type Pin = { readonly number: number; readonly hash: string }

/** What a failed question asks for: `behind` patience, `unknown-block` a look at the pin, `broken` another subgraph. */
export type SubgraphFailure = Omit<Failure, 'kind'> & {
  readonly kind: 'behind' | 'unknown-block' | 'broken' | 'rate' | 'timeout' | 'unavailable' | 'other'
}

/** graph-node answers with HTTP 200 whatever happened, and says it in words. */
const BEHIND = /only indexed up to block|not yet (available|indexed|been indexed)|too far behind|missing block/i
const UNKNOWN_BLOCK = /no block with that hash|block (with hash )?.{0,80}not found/i
const BROKEN = /indexing_error|subgraph (has )?failed|deterministic error/i

/** Reads what the server said, or why it said nothing, without what its URL holds in secret. */
export function readSubgraphFailure(error: unknown, secrets: readonly string[]): SubgraphFailure {
  const failure = readFailure(error instanceof ClientError ? plain(error) : error, secrets)
  const { status } = failure
  return { ...failure, kind: kindOf(failure), status: status === 200 ? null : status }
}

/** A ClientError's message repeats question and answer; only the server's own words are kept. */
function plain({ response }: ClientError) {
  const { status, errors, headers } = response
  const said = Array.isArray(errors) ? errors.map(({ message }) => String(message)).join('; ') : `HTTP ${status}`
  return { details: said, headers, status }
}

function kindOf({ kind, words }: Failure): SubgraphFailure['kind'] {
  if (BEHIND.test(words)) return 'behind'
  if (UNKNOWN_BLOCK.test(words)) return 'unknown-block'
  if (BROKEN.test(words)) return 'broken'
  if (kind === 'rate' || kind === 'timeout' || kind === 'unavailable') return kind
  return kind === 'malformed' ? 'unavailable' : 'other'
}

const FIXES: { readonly [kind in SubgraphFailure['kind']]: string } = {
  behind: 'Run the same command again when the subgraph has caught up, or read up to an earlier block.',
  'unknown-block': 'Run the same command again later, or read up to an earlier block.',
  broken: 'Use another deployment of the subgraph, or read the chain itself with --rpc.',
  rate: 'Run the same command again later; what has been read is kept. Or use a key with a higher limit.',
  timeout: 'Run the same command again; what has been read is kept.',
  unavailable: 'Check that the endpoint is up and its URL is right, then run the same command again.',
  other: 'Check the URL and the access that its key gives.',
}

/** A question that failed for good, in the provider's own words. */
export class SubgraphError extends SourceError {
  readonly kind: SubgraphFailure['kind']

  constructor(chain: string, { kind, words, status }: SubgraphFailure) {
    super(`The subgraph of ${chain} did not answer.`, {
      details: [
        `The provider says: ${words === '' ? '(nothing)' : words}`,
        ...(status === null ? [] : [`HTTP ${status}`]),
      ],
      fix: FIXES[kind],
    })
    this.kind = kind
  }
}

/** A subgraph that has not yet indexed the block. */
export function behind(chain: string, wanted: Pin, at: Pin): SourceError {
  return new SourceError(`The subgraph of ${chain} is behind.`, {
    details: [`asked for block ${wanted.number}`, `it has indexed up to block ${at.number}`],
    fix: FIXES.behind,
  })
}

/** Two hashes for one block: a reorganisation that one side has not seen. */
export function otherBlock(chain: string, wanted: Pin, at: Pin): InconsistentSourceError {
  return new InconsistentSourceError(`The subgraph of ${chain} does not know block ${wanted.number} by its hash.`, {
    details: [`asked for ${wanted.hash}`, `it stands at block ${at.number}, ${at.hash}`],
    fix: 'Run the same command again when the subgraph has seen the reorganisation; if the block is old, read at a more recent one, whose hash indexers still hold.',
  })
}

export function otherDeployment(chain: string, one: string, other: string): InconsistentSourceError {
  return new InconsistentSourceError(`The subgraph of ${chain} was replaced while it was read.`, {
    details: [`first: ${one}`, `then: ${other}`],
    fix: 'Run the same command again; rows of another deployment are read anew.',
  })
}

export function indexingErrors(chain: string, words: string): SourceError {
  return new SourceError(`The subgraph of ${chain} has indexing errors, so its rows may be wrong.`, {
    details: [`The provider says: ${words}`],
    fix: FIXES.broken,
  })
}

/** An answer that is not what was asked for. */
export function strangeAnswer(chain: string, wanted: string, got: unknown): SourceError {
  return new SourceError(`The subgraph of ${chain} answered with something else than ${wanted}.`, {
    details: [`It begins: ${(JSON.stringify(got) ?? String(got)).slice(0, 200)}`],
    fix: 'Check that the URL is that of a subgraph of The Graph, or use another endpoint.',
  })
}
