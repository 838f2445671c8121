import { entityMap } from '../clusters/entity-map.ts'
import type { ClosedLoops } from '../features/closed-loops.ts'
import { selfPayments } from '../features/counted-usage.ts'
import { economy } from '../features/economy.ts'
import type { FeatureContext } from '../features/feature.ts'
import type { ReturnFlows } from '../features/return-flows.ts'
import { type CertifiedMeasures, certify, type Reported } from '../score/certified.ts'
import { paymentMasks } from '../score/payment-masks.ts'
import { type CounterUsage, checkLadder, measureRungs, type RungInputs, type Rungs } from '../score/rungs.ts'
import { markLoops, matchLoops } from '../signals/closed-loop.ts'
import { markPayments, valueReturn } from '../signals/value-return.ts'
import type { EntityScore } from './score-entities.ts'

/** The options over which L0 is given as a range (DESIGN §7). */
const RETURN_SHARES = [0.8, 0.9, 1]
const WINDOW_DAYS = [7, 30, 90]

export type LadderScore = {
  readonly W0: CertifiedMeasures
  readonly W1: CertifiedMeasures | null
  readonly rungs: Rungs | null
  /** Of payments alone where there are no rungs. */
  readonly W4: CertifiedMeasures
  readonly counter: CounterUsage
  /** What is said of each counted usage, and what came back of it; without rungs of SELF and STOPS alone. */
  readonly masks: Int32Array
  readonly returned: RungInputs['returned']
  readonly grid: readonly {
    readonly windowDays: number
    readonly returnShare: number
    readonly W1: CertifiedMeasures
  }[]
}

export type LadderInputs = {
  readonly reported: Reported
  /** Null: returns, or loops, could not be looked for. */
  readonly flows: ReturnFlows | null
  readonly loops: ClosedLoops | null
  readonly entities: EntityScore | null
  readonly counter: CounterUsage
}

/** The rungs at the default options, and W1 over the grid. Without transfers only W0 can be told. */
export async function scoreLadder(context: FeatureContext, inputs: LadderInputs): Promise<LadderScore> {
  const { reported, flows, loops, entities, counter } = inputs
  const self = await context.get(selfPayments)
  const selfMarks = [...self.usage].map((usage) => ({ usage, level: 'W0' as const, returned: 0n, returns: [] }))
  const stops = counter.status === 'measured' ? counter.usages : new Int32Array()
  const looked = flows === null ? null : returnMarks(flows, loops)
  const returned = looked?.(valueReturn.options.windowDays, valueReturn.options.returnShare) ?? null
  const mid = certify(reported, selfMarks, returned)
  const judged = returned === null ? null : entities
  const marked = { self: self.usage, returned: judged === null ? [] : (returned ?? []), stops, entities: judged }
  const { rungs, masks } = await entityRungs(context, reported, marked)
  if (judged !== null && mid.W1 !== null) checkLadder(mid.W1, rungs)
  const grid = WINDOW_DAYS.flatMap((windowDays) =>
    RETURN_SHARES.flatMap((returnShare) => {
      const point = looked === null ? null : certify(reported, selfMarks, looked(windowDays, returnShare)).W1
      return point === null ? [] : [{ windowDays, returnShare, W1: point }]
    }),
  )
  return {
    ...mid,
    rungs: judged === null ? null : rungs,
    W4: rungs.W4,
    counter,
    masks,
    returned: marked.returned,
    grid,
  }
}

function returnMarks(flows: ReturnFlows, loops: ClosedLoops | null) {
  const matches = new Map<number, ReturnType<typeof matchLoops>>()
  return (windowDays: number, share: number): RungInputs['returned'] => {
    const direct = markPayments(flows, windowDays, share)
    // Matches depend on the window alone.
    const round = matches.get(windowDays) ?? (loops === null ? [] : matchLoops(loops, direct, windowDays))
    matches.set(windowDays, round)
    return [
      ...direct.map(({ flow, mark }) => ({ ...(flows.parties[flow] as ReturnFlows['parties'][number]), mark })),
      ...markLoops(round, share).map(({ loop, mark }) => ({
        ...(loops?.loops[loop] as ClosedLoops['loops'][number]),
        mark,
      })),
    ]
  }
}

type Marked = {
  readonly self: Int32Array
  readonly returned: RungInputs['returned']
  readonly stops: Int32Array
  /** Null: nothing is said of entities. */
  readonly entities: EntityScore | null
}

async function entityRungs(
  { ledger, get }: FeatureContext,
  reported: Reported,
  { self, returned, stops, entities: judged }: Marked,
): Promise<{ readonly rungs: Rungs; readonly masks: Int32Array }> {
  const { payments } = await get(economy)
  const looped = returned.filter(({ mark }) => mark.level === 'W1').map(({ mark }) => mark.usage)
  const entities = await get(entityMap)
  const nobody = new Uint8Array(entities.count)
  const [passes, certified] = [judged?.gate.passes ?? nobody, judged?.certified ?? nobody]
  const masks = paymentMasks({ ...{ self, returned: looped, payments, entities, certified, stops }, passes })
  await ledger.keep('payment_masks', {
    usage_index: { type: 'integer', values: Int32Array.from(masks.keys()) },
    mask: { type: 'integer', values: masks },
  })
  return { rungs: measureRungs({ reported, totals: await ledger.rows('rung-totals'), masks, returned }), masks }
}
