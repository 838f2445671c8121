import { type Random, randomStream } from '../../src/statistics/random.ts'

/** What a node does now and then; the same call again is answered well. */
export const transientFaults = [
  'rate',
  'rate-with-wait',
  'rate-as-limit',
  'server-error',
  'internal-error',
  'timeout',
  'truncated',
  'reset',
  'not-json',
  'null-result',
  'head-lag',
  'stale-final',
] as const

/** What a node does for good: only these may end a run without the truth. */
export const permanentFaults = [
  'pruned',
  'pruned-silently',
  'wrong-chain',
  'wrong-chain-later',
  'empty',
  'partial',
  'duplicate',
  'other-hash',
  'extra',
] as const
export type TransientFault = (typeof transientFaults)[number]
export type PermanentFault = (typeof permanentFaults)[number]

/** How a node limits eth_getLogs, in which words. These are no faults: every node has limits. */
export type NodeLimits = {
  readonly blocks: number | null
  /** Whether the limit counts both ends. */
  readonly inclusive: boolean
  readonly words: 'named' | 'vague' | 'same-range' | 'code-only'
  readonly results: number | null
  readonly suggests: boolean
  readonly times: boolean
  readonly batches: boolean
}

export type NodePlan = {
  readonly limits: NodeLimits
  /** Chance that one HTTP request meets a transient fault. */
  readonly rate: number
  readonly faults: readonly TransientFault[]
  readonly permanent: PermanentFault | null
}

export type ChaosPlan = {
  readonly seed: number
  readonly nodes: readonly NodePlan[]
  readonly paranoid: boolean
  readonly chunkBlocks: number | null
  readonly concurrency: number
}

/** Faults that one answer cannot show: without a look at every block they may stay unseen, with the power that is printed. */
const SILENT: ReadonlySet<PermanentFault> = new Set([
  'pruned-silently',
  'wrong-chain-later',
  'empty',
  'partial',
  'extra',
])

/** Everything about one run of chaos, drawn from its seed alone. */
export function chaosPlan(seed: number): ChaosPlan {
  const random = randomStream(seed, 'chaos')
  const permanent = random.next() < 0.35 ? random.pick(permanentFaults) : null
  const count = random.next() < 0.3 ? 2 : 1
  const bad = random.below(count)
  const nodes = Array.from({ length: count }, (_, i) => nodePlan(random, i === bad ? permanent : null))
  const silent = permanent !== null && SILENT.has(permanent)
  return {
    seed,
    nodes,
    paranoid: silent || random.next() < 0.2,
    chunkBlocks: random.next() < 0.3 ? null : 7 + random.below(200),
    concurrency: 1 + random.below(4),
  }
}

function nodePlan(random: Random, permanent: PermanentFault | null): NodePlan {
  const limits: NodeLimits = {
    blocks: random.next() < 0.4 ? null : 5 + random.below(100),
    inclusive: random.next() < 0.5,
    words: random.pick(['named', 'vague', 'same-range', 'code-only'] as const),
    results: random.next() < 0.6 ? null : 4 + random.below(20),
    suggests: random.next() < 0.5,
    times: random.next() < 0.7,
    batches: random.next() < 0.8,
  }
  const calm = random.next() < 0.15
  const faults = transientFaults.filter(() => random.next() < 0.5)
  return { limits, rate: calm || faults.length === 0 ? 0 : random.next() * 0.15, faults, permanent }
}
