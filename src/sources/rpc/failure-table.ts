/** What a failed call is a sign of. */
export type FailureKind =
  | 'wrong-chain'
  | 'denied'
  | 'unsupported'
  | 'pruned'
  | 'size'
  | 'range'
  | 'head-lag'
  | 'rate'
  | 'timeout'
  | 'malformed'
  | 'unavailable'
  | 'unknown'

/**
 * The one thing to do about it: `narrow`, ask for less; `wait`, ask the same again as late as the provider says;
 * `repeat`, ask the same again soon; `leave`, ask another node; `stop`, tell the user.
 */
export type Remedy = 'narrow' | 'wait' | 'repeat' | 'leave' | 'stop'

export type FailureClass = {
  readonly kind: FailureKind
  readonly remedy: Remedy
  /** How often one node is asked again before the call counts as failed there. */
  readonly repeats: number
  /** The same for a question that can be cut in two instead; default: as often. */
  readonly repeatsBeforeNarrowing?: number
  /** Whether another node may do better. */
  readonly elsewhere: boolean
  readonly words?: RegExp
  readonly statuses?: readonly number[]
  readonly codes?: readonly number[]
  /** What a user is told where nothing helped. */
  readonly fix: string
}

const AGAIN = 'Run the same command again; what has been read is kept.'

/**
 * Every class of failure, in the order of trial: words come before codes, since providers use one code for many things
 * (-32005 alone means a rate, a range or a size) and send ranges too wide with status 500.
 */
export const failureTable: readonly FailureClass[] = [
  {
    kind: 'wrong-chain',
    remedy: 'stop',
    repeats: 0,
    elsewhere: false,
    words: /wrong (chain|network)|chain ?id (mismatch|does not match)|(chain|network) is not (enabled|allowed)/i,
    fix: 'Pass the URL of a node of the chain that was asked for.',
  },
  {
    kind: 'denied',
    remedy: 'leave',
    repeats: 0,
    elsewhere: true,
    words: /unauthori[sz]ed|forbidden|invalid (api|access|project).{0,6}(key|id|token)|must be authenticated/i,
    statuses: [401, 403],
    fix: 'Check the URL and the access that its key gives.',
  },
  {
    kind: 'unsupported',
    remedy: 'stop',
    repeats: 0,
    elsewhere: true,
    words:
      /method[^.]{0,60}(not (found|supported|available|allowed|whitelisted|enabled)|does ?n[o']t exist)|unsupported method|unknown method/i,
    codes: [-32601, -32004, 4200],
    fix: 'Use an endpoint that serves this method.',
  },
  {
    kind: 'pruned',
    remedy: 'leave',
    repeats: 0,
    elsewhere: true,
    words:
      /prun(ed|ing)|missing trie node|ancient (block|data)|(history|historical|old)[^.]{0,40}(not|un)\s?(be )?(available|found|stored)|(receipts?|logs?|state|block)[^.]{0,60}(no longer|not) (available|stored|kept)|archive (node|data|mode|plan|request)|before the (oldest|earliest|first) (block|available)/i,
    codes: [4444],
    fix: 'Use an archive endpoint: this one does not keep the blocks asked for. Or start later with --from.',
  },
  {
    kind: 'size',
    remedy: 'narrow',
    repeats: 0,
    elsewhere: true,
    words:
      /response size|(response|result|payload|body)[^.]{0,20} too (big|large|many)|too many (logs|results|events)|more than [\d,_]+\s?k? (results|logs|events)|(exceed|max|limit)[^.]{0,40}\b(results|logs)\b|logs? matched|query timeout|quer(y|ies) (has |have )?timed? ?out/i,
    statuses: [413],
    fix: 'Use an endpoint without a limit on the size of answers.',
  },
  {
    kind: 'range',
    remedy: 'narrow',
    repeats: 0,
    elsewhere: true,
    words:
      /\branges?\b[^.]{0,60}(exceed|too |limit|max|greater than|up to|over|allowed)|(exceed|limit|max|too (large|wide|big)|up to|at most)[^.]{0,60}\b(range|block range)\b|too many blocks|blocks? distance|(limited to|at most|up to|maximum)[^.]{0,30}[\d,_]+\s?k? blocks?/i,
    fix: 'Use an endpoint that answers eth_getLogs for at least one block.',
  },
  {
    kind: 'head-lag',
    remedy: 'wait',
    repeats: 6,
    elsewhere: true,
    words:
      /(header|block)[^.]{0,30} not found|unknown block|cannot be found|(beyond|after|past|higher than|greater than|ahead of)[^.]{0,30}\b(head|latest|current|tip)\b|not (yet )?(available|synced|indexed)|still syncing|(head|latest) block is/i,
    fix: `Wait until the endpoint has caught up with its chain, or use another. ${AGAIN}`,
  },
  {
    kind: 'rate',
    remedy: 'wait',
    repeats: 6,
    elsewhere: true,
    words:
      /rate.?limit|too many requests|requests? (per|limit)|limit reached|compute units|capacity|throughput|quota|limit exceeded/i,
    statuses: [429],
    codes: [429, -32005, -32007, -32029],
    fix: `Run the same command again later; what has been read is kept. Or lower --rps, or use an endpoint with a higher limit.`,
  },
  {
    kind: 'timeout',
    remedy: 'narrow',
    repeats: 4,
    repeatsBeforeNarrowing: 1,
    elsewhere: true,
    words: /timed? ?out|deadline exceeded/i,
    statuses: [408, 504, 524],
    fix: `${AGAIN} Or use a faster endpoint.`,
  },
  {
    kind: 'malformed',
    remedy: 'repeat',
    repeats: 6,
    elsewhere: true,
    words: /unexpected (end of JSON|token|non-whitespace)|in JSON at|not valid JSON|unterminated string/i,
    fix: 'Check that the URL is that of a JSON-RPC node of this chain, or use another endpoint.',
  },
  {
    kind: 'unavailable',
    remedy: 'repeat',
    repeats: 6,
    elsewhere: true,
    codes: [-32603],
    statuses: [500, 502, 503, 520, 521, 522, 523, 525],
    fix: 'Check that the endpoint is up and its URL is right, then run the same command again.',
  },
  {
    kind: 'unknown',
    remedy: 'narrow',
    repeats: 0,
    elsewhere: true,
    fix: 'Read what the provider says, check the URL and the access that its key gives, or use another endpoint.',
  },
]

export function classOf(kind: FailureKind): FailureClass {
  return failureTable.find((row) => row.kind === kind)!
}
