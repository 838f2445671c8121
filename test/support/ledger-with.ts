import { type FeatureContext, featureCache } from '../../src/features/feature.ts'
import { openLedger } from '../../src/ledger/duckdb.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import type { Facts } from '../../src/records/index.ts'

type Opened = { readonly ledger: Ledger; readonly context: FeatureContext }

/** Runs a test on a ledger in memory that holds the facts, appended batch by batch. */
export async function withLedger<value>(
  batches: Facts | readonly Facts[],
  use: (opened: Opened) => Promise<value>,
): Promise<value> {
  const ledger = await openLedger(':memory:', { threads: 1 })
  try {
    for (const facts of [batches].flat() as Facts[]) await ledger.append({ facts })
    return await use({ ledger, context: featureCache(ledger, { from: null, to: null }) })
  } finally {
    ledger.close()
  }
}
