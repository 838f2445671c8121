import { z } from 'zod'
import { integerText, time } from './schema-parts.ts'

export const probability = z.number().min(0).max(1)

/** JSON has no number for what is infinite. */
export const statistic = z
  .number()
  .nullable()
  .describe('The larger, the more consistent with wash usage; what it counts stands under signals. Null: infinite.')

/** What a signal with a null model measured of the subject of a finding. */
export const testedSchema = z.object({
  statistic,
  pValue: probability.describe('Probability under the null model of a statistic at least as large.'),
  qValue: probability.describe(
    'The lowest false-discovery rate among all entities tested at which this one is listed.',
  ),
})

export const shownTransferSchema = z.object({
  chain: z.string(),
  transaction: z.string(),
  logIndex: z.number().int(),
  time: time.nullable(),
  from: z.string(),
  to: z.string(),
  asset: z.string().nullable(),
  amount: integerText.nullable(),
})

export const entityCountsSchema = z.object({
  tested: z.number().int().describe('Entities with a value, each of which stands in evidence/signal-values.parquet.'),
  flagged: z.number().int().describe('Of these, the ones with a q-value of at most .05.'),
})
