import { type ClosedLoops, loopMoves } from '../features/closed-loops.ts'
import type { ReturnFlows } from '../features/return-flows.ts'
import { type CertifiedMeasures, certify, type Reported } from '../score/certified.ts'
import { markLoops, matchLoops } from '../signals/closed-loop.ts'
import type { FamilyId, PaymentMark } from '../signals/signal.ts'
import { markPayments, valueReturn } from '../signals/value-return.ts'

/** What is certified at the default options when something is left out; null: returns could not be looked for. */
export type L0Reruns = {
  readonly published: CertifiedMeasures | null
  withoutFamily(family: FamilyId): CertifiedMeasures | null
  /** Without returns of some times (UTC ms). */
  withoutReturns(isLeftOut: (time: number) => boolean): CertifiedMeasures | null
  /** Some usages certify nothing, though they are reported. By value this is not known: sums are taken by the ledger. */
  withoutUsages(isLeftOut: (usage: number) => boolean): CertifiedMeasures | null
}

type Facts = {
  readonly reported: Reported
  /** Usages whose payer is their payee. */
  readonly self: Int32Array
  /** Null: transfers were not collected. */
  readonly flows: ReturnFlows | null
  /** Null: closed loops were not looked for. */
  readonly loops: ClosedLoops | null
  readonly published: CertifiedMeasures | null
}

export function l0Reruns({ reported, self: usages, flows, loops, published }: Facts): L0Reruns {
  const self = Array.from(usages, (usage): PaymentMark => ({ usage, level: 'W0', returned: 0n, returns: [] }))
  if (flows === null)
    return { published, withoutFamily: () => null, withoutReturns: () => null, withoutUsages: () => null }
  let marked: ReturnType<typeof marksOf> | undefined
  const all = () => {
    marked ??= marksOf(flows, loops)
    return marked
  }
  const noSelf = { ...reported, assets: reported.assets.map((asset) => ({ ...asset, selfTotal: 0n })) }
  return {
    published,
    withoutFamily(family) {
      if (family === 'F1') return certify(noSelf, [], all()).W1
      return family === 'F2' ? certify(reported, self, null).W0 : published
    },
    withoutReturns: (isLeftOut) =>
      certify(reported, self, marksOf(keptReturns(flows, isLeftOut), loops && keptLoops(loops, isLeftOut))).W1,
    withoutUsages(isLeftOut) {
      const counted = certify(
        reported,
        self.filter(({ usage }) => !isLeftOut(usage)),
        all().filter(({ mark }) => !isLeftOut(mark.usage)),
      ).W1
      return counted && { ...counted, value: { status: 'unavailable', reason: 'value is summed by the ledger' } }
    },
  }
}

/** All that came back at the default options, on either way. */
function marksOf(flows: ReturnFlows, loops: ClosedLoops | null) {
  const { windowDays, returnShare } = valueReturn.options
  const direct = markPayments(flows, windowDays, returnShare)
  const round = loops === null ? [] : markLoops(matchLoops(loops, direct, windowDays), returnShare)
  return [
    ...direct.map(({ flow, mark }) => ({ ...flows.parties[flow]!, mark })),
    ...round.map(({ loop, mark }) => ({ ...loops!.loops[loop]!, mark })),
  ]
}

function keptReturns(flows: ReturnFlows, isLeftOut: (time: number) => boolean): ReturnFlows {
  const rows = keptRows(flows, (row) => flows.isReturn[row] === 0, isLeftOut)
  return {
    ...flows,
    flow: rows.map((row) => flows.flow[row]!),
    isReturn: rows.map((row) => flows.isReturn[row]!),
    index: rows.map((row) => flows.index[row]!),
    time: BigInt64Array.from(rows, (row) => flows.time[row]!),
    amount: (row) => flows.amount(rows[row]!),
  }
}

function keptLoops(loops: ClosedLoops, isLeftOut: (time: number) => boolean): ClosedLoops {
  const rows = keptRows(loops, (row) => loops.kind[row] === loopMoves.payment, isLeftOut)
  return {
    ...loops,
    loop: rows.map((row) => loops.loop[row]!),
    kind: Uint8Array.from(rows, (row) => loops.kind[row]!),
    payer: rows.map((row) => loops.payer[row]!),
    index: rows.map((row) => loops.index[row]!),
    direct: rows.map((row) => loops.direct[row]!),
    time: BigInt64Array.from(rows, (row) => loops.time[row]!),
    amount: (row) => loops.amount(rows[row]!),
  }
}

/** Payments, and transfers of times that are not left out. */
function keptRows(
  { time }: { readonly time: BigInt64Array },
  isPayment: (row: number) => boolean,
  isLeftOut: (time: number) => boolean,
): Int32Array {
  return Int32Array.from(time.keys()).filter((row) => isPayment(row) || !isLeftOut(Number(time[row])))
}
