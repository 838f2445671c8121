import { z } from 'zod'
import { measured, publishedValue, share } from './schema-parts.ts'

const entities = z.number().int()
const counts = {
  tested: entities,
  atLevel: entities.describe('Entities with p ≤ .05.'),
  flagged: entities.describe('Entities with q ≤ .05.'),
}

/** What the same signals flag after payees and recipients have changed places. */
export const controlsSchema = measured({
  moved: z
    .object({ payments: share, transfers: share })
    .describe(
      'Shares of rows whose other side is another wallet than before; the rest stood alone in its week and asset.',
    ),
  signals: z.array(z.object({ signal: z.string(), real: z.object(counts), shuffled: measured(counts) })),
})

const byMeasure = z.object({
  ...{ value: publishedValue, count: publishedValue },
  ...{ units: publishedValue, users: publishedValue },
})

/** The headline when one thing that it rests on is otherwise. */
export const sensitivitySchema = z.array(
  z.object({
    kind: z.enum(['return-rule', 'entities', 'labels', 'family', 'threshold', 'attribution', 'missing']),
    option: z.string(),
    value: z.string(),
    flagged: measured({ low: z.number(), mid: z.number(), high: z.number() }).describe(
      'Entities that at least one signal with a null model flags.',
    ),
    L0: byMeasure,
    L1: byMeasure,
  }),
)

/** How much of what was asked for the ledger does not hold. */
export const missingSchema = z.object({
  blocks: measured({ covered: z.number().int(), missing: z.number().int(), share }).describe(
    'Block ranges over all questions: between first and last block read, those that no chunk covers.',
  ),
  usagesWithoutTransfer: measured({ usages: z.number().int(), share }).describe(
    'Paid usages for which the ledger holds no transfer of their own.',
  ),
  payersWithoutFunder: measured({ payers: z.number().int(), share }).describe(
    'Paying wallets whose first native currency the ledger did not see.',
  ),
})
