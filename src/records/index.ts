import { assets, claims, labels, links, programmes, protocolRecords, rates, wallets, windows } from './context.ts'
import { coverage, rejects } from './coverage.ts'
import { payments } from './payment.ts'
import { rewards } from './reward.ts'
import type { Row } from './table.ts'
import { transfers } from './transfer.ts'
import { usageEvents } from './usage-event.ts'

/** Every table of the ledger, in the order in which it is hashed. */
export const tables = {
  usage_events: usageEvents,
  payments,
  transfers,
  rewards,
  labels,
  links,
  wallets,
  assets,
  protocols: protocolRecords,
  programmes,
  rates,
  windows,
  claims,
  coverage,
  rejects,
} as const

export type TableName = keyof typeof tables
export const tableNames = Object.keys(tables) as TableName[]

/** Rows for any of the tables. */
export type Facts = { readonly [name in TableName]?: readonly Row<(typeof tables)[name]>[] }

/** What a source yields: rows together with the ranges they complete. Both are stored in one transaction. */
export type Batch = { readonly facts: Facts }
