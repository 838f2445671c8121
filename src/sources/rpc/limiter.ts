import { setTimeout as sleep } from 'node:timers/promises'
import pLimit from 'p-limit'

/** Paces the calls to one node: so many at once, so many a second, and none while the node asks for quiet. */
export type Limiter = {
  /** Runs `work` when its turn comes; it counts as `calls` calls. */
  run<value>(calls: number, work: () => Promise<value>): Promise<value>
  /** The node complained: nothing new is sent for so long, and less at once from then on. */
  slowDown(waitMs: number): void
  /** The node answered; after enough of it the pace rises again, up to what was allowed. */
  answered(): void
}

export type LimiterOptions = {
  readonly concurrency: number
  /** JSON-RPC calls a second; undefined: as many as the node takes. */
  readonly rps?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** Answers in a row after which one more call at once is tried. */
const PATIENCE = 16

export function limiter({ concurrency, rps, signal }: LimiterOptions): Limiter {
  const limit = pLimit(concurrency)
  const options = signal === undefined ? {} : { signal }
  let rate = rps ?? Number.POSITIVE_INFINITY
  let quietUntil = 0
  let nextSlot = 0
  let streak = 0

  async function turn(calls: number): Promise<void> {
    for (;;) {
      const now = Date.now()
      const start = Math.max(quietUntil, nextSlot)
      if (start <= now) {
        nextSlot = Math.max(nextSlot, now) + (calls / rate) * 1000
        return
      }
      await sleep(start - now, undefined, options)
    }
  }

  return {
    run: (calls, work) =>
      limit(async () => {
        await turn(calls)
        return work()
      }),
    slowDown(waitMs) {
      quietUntil = Math.max(quietUntil, Date.now() + waitMs)
      streak = 0
      limit.concurrency = Math.max(1, Math.floor(limit.concurrency / 2))
      if (rps !== undefined) rate = Math.max(rate / 2, Math.min(1, rps))
    },
    answered() {
      streak += 1
      if (streak < PATIENCE) return
      streak = 0
      if (limit.concurrency < concurrency) limit.concurrency += 1
      if (rps !== undefined) rate = Math.min(rps, rate * 1.25)
    },
  }
}
