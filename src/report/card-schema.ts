import { z } from 'zod'
import { probability, statistic } from './tested-schema.ts'

/** A statement against a finding or a wallet that was current at the time the audit looked at. */
export const statementSchema = z.object({
  statement: z.string(),
  by: z.string().nullable(),
  expires: z.string().describe('ISO date: the last day on which it holds.'),
})

const value = z.object({
  signal: z.string(),
  family: z.string(),
  role: z.enum(['payer', 'payee']),
  statistic,
  pValue: probability.describe('Where the value stands under the null: the share of draws at least as large.'),
  qValue: probability,
  flagged: z.boolean(),
  alone: z
    .object({ statistic, pValue: probability, qValue: probability })
    .nullable()
    .describe('The same of its founding wallet by itself, without any link; null: not measured.'),
  finding: z.string().nullable().describe('The finding whose payments and transfers show it.'),
  transactions: z.array(z.string()).describe('The first that show it.'),
})

/** What is known of one entity, for and against. Every renderer prints these facts and no others. */
export const cardSchema = z.object({
  wallet: z.string().describe('The wallet of the entity that paid or was paid first.'),
  wallets: z.number().int().describe('Wallets that are taken for this entity.'),
  payments: z.object({
    made: z.number().int(),
    received: z.number().int(),
    W0: z.number().int().describe('Of those made, the ones certified as payments to itself.'),
    W1: z.number().int().describe('Of those made, the ones whose value provably returned.'),
  }),
  values: z.array(value).describe('Of every signal with a null model that tested it, flagged or not.'),
  certificates: z.array(z.object({ signal: z.string(), family: z.string(), findings: z.array(z.string()) })),
  against: z
    .array(z.object({ id: z.string(), text: z.string(), speaks: z.boolean().nullable() }))
    .describe('Counter-evidence. speaks: whether the fact speaks against wash usage; null: the ledger cannot tell.'),
  benign: z.array(
    z.object({
      signal: z.string(),
      id: z.string(),
      kept: z.boolean().describe('Whether the explanation stays open.'),
      why: z.string(),
    }),
  ),
  gate: z.object({
    level: z
      .enum(['named', 'listed', 'none'])
      .describe('named: posterior of .85 or more and two families, one of ownership, value that returns, or lockstep.'),
    posterior: probability.nullable().describe('Probability of wash usage; null: transfers were not collected.'),
    families: z.array(z.string()),
    removal: z
      .array(z.object({ kind: z.enum(['signal', 'links']), id: z.string() }))
      .describe('The fewest facts without which the entity stands below this level.'),
    exact: z.boolean().describe('false: found family by family, so that fewer may do.'),
  }),
  contested: z.array(statementSchema),
})

/** Wallets that two families of evidence speak of, without those that a current statement contests. */
export const namedSchema = z.object({
  total: z.number().int().describe('Entities that are named, contested ones among them.'),
  contested: z
    .number()
    .int()
    .describe('Of these, the ones left out of the list because a current statement contests them.'),
  wallets: z.array(z.string()).describe('At most the first 100.'),
})

export const contestedSchema = z.array(
  statementSchema.extend({
    kind: z.enum(['wallet', 'finding']),
    id: z.string(),
    expired: z.boolean().describe('Whether it had expired at the time the audit looked at; it changes nothing then.'),
    findings: z.number().int().describe('Findings of this report that it is about.'),
  }),
)
