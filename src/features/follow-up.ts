import type { SqlRow } from '../ledger/ledger.ts'
import { mergeRanges } from '../records/block-range.ts'
import { countedUsage } from './counted-usage.ts'
import { defineFeature } from './feature.ts'

const DAY_MS = 86_400_000

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
      let complete = 0
      for (const { chain, from, to } of coveredTimes(await ledger.rows('transfer-coverage'))) {
        const window = { chain, from_time: from, to_time: to, window_ms: windowDays * DAY_MS }
        const [row] = await ledger.rows('followed-up', window)
        complete += Number(row?.payments)
      }
      return { complete, incomplete: Number(all?.payments) - complete }
    },
  })
}

/** Block ranges that touch become one time; times of one chain that overlap become one, so that none is counted twice. */
export function coveredTimes(rows: readonly SqlRow[]): CoveredTime[] {
  const byQuestion = group(rows, (row) => JSON.stringify([row.chain, row.source, row.spec]))
  const times: CoveredTime[] = []
  for (const question of byQuestion.values()) {
    const chain = String(question[0]?.chain)
    const blocks = question.filter((row) => row.from_block !== null && row.to_block !== null)
    for (const { from, to } of mergeRanges(
      blocks.map((row) => ({ from: Number(row.from_block), to: Number(row.to_block) })),
    )) {
      const inside = blocks.filter((row) => Number(row.from_block) >= from && Number(row.to_block) <= to)
      times.push({ chain, ...span(inside) })
    }
    for (const row of question) if (row.from_block === null) times.push({ chain, ...span([row]) })
  }
  return [...group(times, (time) => time.chain)].flatMap(([chain, list]) =>
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
