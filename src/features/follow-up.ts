import type { SqlRow } from '../ledger/ledger.ts'
import { mergeRanges } from '../records/block-range.ts'
import { type NativeMethod, nativeMethods } from '../records/coverage.ts'
import { countedUsage } from './counted-usage.ts'
import { defineFeature } from './feature.ts'

const DAY_MS = 86_400_000
const NATIVE: ReadonlySet<string> = new Set(nativeMethods)

/** Times [from, to] in UTC ms over which the transfers of a chain are covered without a gap. */
export type CoveredTime = { readonly chain: string; readonly from: number; readonly to: number }

/**
 * How many payments the ledger can follow for the whole window after them. The rest may have been returned where the
 * ledger does not look: counted, never clean.
 */
export function followUp(windowDays: number) {
  return defineFeature({
    id: `follow-up-${windowDays}`,
    reads: ['transfers'],
    async compute({ ledger, get }) {
      await get(countedUsage)
      const [all] = await ledger.rows('payments-with-parties')
      const covered = await ledger.rows('transfer-coverage')
      let complete = 0
      for (const is_native of [false, true]) {
        const times = coveredTimes(covered.filter(({ method }) => isSeenBy(String(method), is_native)))
        for (const { chain, from, to } of followedStarts(times, windowDays * DAY_MS)) {
          const [row] = await ledger.rows('followed-up', { chain, from_time: from, to_time: to, is_native })
          complete += Number(row?.payments)
        }
      }
      return { complete, incomplete: Number(all?.payments) - complete }
    },
  })
}

/**
 * Whether a method sees what comes back in the chain's own currency, or in any other asset. Logs hold no native transfer;
 * whole blocks hold none that a contract makes, so a return can pass them by.
 */
function isSeenBy(method: string, isNative: boolean): boolean {
  if (!isNative) return !NATIVE.has(method)
  return !method.startsWith('eth_getLogs') && method !== ('eth_getBlockByNumber' satisfies NativeMethod)
}

/**
 * Times that one question covers without a gap: block ranges that touch become one, and so do files whose times overlap.
 * Questions (a set of wallets, a column map) are kept apart: where one ends and another begins, no wallet is followed.
 */
export function coveredTimes(rows: readonly SqlRow[]): CoveredTime[] {
  return [...group(rows, (row) => JSON.stringify([row.chain, row.spec])).values()].flatMap((question) => {
    const chain = String(question[0]?.chain)
    const times: { from: number; to: number }[] = []
    for (const answers of group(question, (row) => String(row.source)).values()) {
      const blocks = answers.filter((row) => row.from_block !== null && row.to_block !== null)
      const ranges = mergeRanges(blocks.map((row) => ({ from: Number(row.from_block), to: Number(row.to_block) })))
      for (const { from, to } of ranges)
        times.push(span(blocks.filter((row) => Number(row.from_block) >= from && Number(row.to_block) <= to)))
      for (const row of answers) if (row.from_block === null) times.push(span([row]))
    }
    return joinTimes(times).map(({ from, to }) => ({ chain, from, to }))
  })
}

/** When a payment must have been made for its whole window to be covered by some question; each time once. */
export function followedStarts(times: readonly CoveredTime[], windowMs: number): CoveredTime[] {
  const starts = times
    .map(({ chain, from, to }) => ({ chain, from, to: to - windowMs }))
    .filter(({ from, to }) => from <= to)
  return [...group(starts, ({ chain }) => chain)].flatMap(([chain, list]) =>
    joinTimes(list).map(({ from, to }) => ({ chain, from, to })),
  )
}

function span(rows: readonly SqlRow[]): { from: number; to: number } {
  return {
    from: Math.min(...rows.map((row) => Number(row.from_time))),
    to: Math.max(...rows.map((row) => Number(row.to_time))),
  }
}

function joinTimes(times: readonly { readonly from: number; readonly to: number }[]): { from: number; to: number }[] {
  const joined: { from: number; to: number }[] = []
  for (const time of [...times].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last !== undefined && time.from <= last.to) last.to = Math.max(last.to, time.to)
    else joined.push({ from: time.from, to: time.to })
  }
  return joined
}

function group<value>(values: readonly value[], keyOf: (value: value) => string): Map<string, value[]> {
  const groups = new Map<string, value[]>()
  for (const value of values) {
    const key = keyOf(value)
    const members = groups.get(key)
    if (members === undefined) groups.set(key, [value])
    else members.push(value)
  }
  return groups
}
