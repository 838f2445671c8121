import { z } from 'zod'
import { adoptionSchema } from './adoption-schema.ts'
import { cardSchema, contestedSchema, namedSchema, statementSchema } from './card-schema.ts'
import { clusterSchema, entitiesSchema } from './cluster-schema.ts'
import { patternSchema } from './pattern-schema.ts'
import { controlsSchema, missingSchema, sensitivitySchema } from './robustness-schema.ts'
import { decimalText, integerText, measured, publishedValue, share, time, unavailable } from './schema-parts.ts'
import { entityCountsSchema, shownTransferSchema, testedSchema } from './tested-schema.ts'

/** Raised when a field changes its name, place or meaning. */
export const REPORT_SCHEMA_VERSION = 5

const publishedValues = z.object({
  L0: publishedValue.describe('Certified share, W0 and W1. Its range is over return share and window, no model.'),
  L1: publishedValue.describe(
    'Lower bound at 95 % from null calibration, at least L0; assumes honest users look like one of the calibrated classes. Its range leaves out one class after the other.',
  ),
  P: publishedValue.describe('Central estimate.'),
  U1: publishedValue.describe(
    'Upper bound: one minus what is certified organic. No range: it is as wide as what is not known.',
  ),
  audited: publishedValue.describe('From payments that a person labelled.'),
})

export type Measure = 'value' | 'count' | 'units' | 'users'

const assetAmount = z.object({
  chain: z.string(),
  asset: z.string(),
  symbol: z.string().nullable(),
  decimals: z.number().int().nullable(),
  amount: integerText.describe('In the smallest unit of the asset.'),
})

const reported = z.object({
  protocols: z.array(z.string()),
  from: time.nullable(),
  to: time.nullable(),
  value: measured({
    basis: z.enum(['usd', 'asset']).describe('usd: priced assets in US dollars. asset: the one declared asset.'),
    total: decimalText,
    asset: z.string().nullable(),
  }),
  count: z.number().int().describe('Usages that the network’s own metric counts.'),
  units: measured({ kind: z.string(), total: integerText }),
  users: z.number().int().describe('Active consumer addresses.'),
  providers: z.number().int(),
  byStatus: z.array(z.object({ status: z.string(), usages: z.number().int(), counted: z.boolean() })),
  byAsset: z.array(
    assetAmount.extend({
      declared: z.boolean(),
      priced: z.boolean(),
      payments: z.number().int(),
      overflowing: z.number().int().describe('Usages whose legs add up to more than the ledger holds exactly.'),
    }),
  ),
})

const levelMeasure = measured({
  amount: z.string().describe('A number as text: dollars, asset units, usages, users.'),
  share,
})
const ladderLevel = z.object({
  level: z.enum(['W0', 'W1', 'W2', 'W3', 'W4', 'organic', 'undetermined']),
  title: z.string(),
  note: z.string().nullable().describe('What the figures alone do not say, such as a default of software.'),
  value: levelMeasure,
  count: levelMeasure,
  units: levelMeasure,
  users: levelMeasure,
})

const returnTransfer = z.object({
  transaction: z.string(),
  logIndex: z.number().int(),
  asset: z.string().nullable(),
  amount: integerText.nullable(),
  afterMs: z.number().int().describe('Milliseconds after the payment that it repays first.'),
})

const evidencePayment = z.object({
  transaction: z.string(),
  logIndex: z.number().int(),
  chain: z.string(),
  usage: z.string(),
  time,
  payer: z.string(),
  payee: z.string(),
  asset: z.string().nullable(),
  amount: integerText.nullable(),
  level: z.enum(['W0', 'W1', 'none']).describe('none: shown for context, not certified.'),
  returned: integerText.describe('Of the amount, what came back within the window.'),
  returns: z.array(returnTransfer),
  benign: z.array(z.string()).describe('Ids of the explanations of the signal that this payment leaves open.'),
})

const finding = z.object({
  id: z.string().describe('Stable: a hash of signal, subjects and evidence.'),
  signal: z.string(),
  subjects: z.array(z.string()),
  count: z.number().int().describe('Payments the finding is about, all of them.'),
  transactions: z.array(z.string()).describe('At most the first 500 hashes; all stand in the evidence.'),
  payments: z.array(evidencePayment).describe('At most the first 50.'),
  returns: z
    .array(
      z.object({
        chain: z.string(),
        transaction: z.string(),
        logIndex: z.number().int(),
        time,
        asset: z.string().nullable(),
        amount: integerText.nullable(),
        matched: integerText.describe('Of the amount, what repays payments of the same asset within the window.'),
      }),
    )
    .describe('Later transfers from payee to payer, in any asset. At most the first 50.'),
  tested: testedSchema.nullable().describe('Null: a certificate, which needs no null model.'),
  transfers: z
    .array(shownTransferSchema)
    .describe(
      'Transfers that show what a signal with a null model says, the most telling first. At most the first 50.',
    ),
  contested: z.array(statementSchema).describe('Current statements against this finding or a wallet of it.'),
  notes: z.array(z.string()).describe('Facts beside the finding that speak for or against it.'),
  benign: z.array(z.object({ id: z.string(), story: z.string(), mitigation: z.string() })),
})

const signalResult = z.discriminatedUnion('status', [
  z.object({
    ...{ status: z.literal('measured'), tested: z.number().int(), findings: z.number().int() },
    entities: entityCountsSchema.nullable().describe('Of a signal with a null model; null for a certificate.'),
    note: z.string().nullable().describe('How it was computed, where the signal tells.'),
  }),
  z.object({ status: z.literal('unavailable'), missing: z.array(z.string()) }),
  z.object({ status: z.literal('insufficient'), reason: z.string() }),
  z.object({ status: z.literal('error'), message: z.string() }),
])

const signal = z.object({
  id: z.string(),
  title: z.string(),
  why: z.string(),
  maturity: z.enum(['experimental', 'stable', 'deprecated']),
  family: z.enum(['F1', 'F2', 'F3', 'F4', 'F5', 'F6']),
  subject: z.string(),
  statistic: z.string(),
  nullModel: z.string(),
  options: z.record(z.string(), z.number()),
  falsePositives: z.array(z.object({ id: z.string(), story: z.string(), mitigation: z.string() })),
  blindSpots: z.array(z.string()),
  references: z.array(z.object({ title: z.string(), url: z.string() })),
  result: signalResult,
})

const coverageRow = z.object({
  source: z.string(),
  protocol: z.string(),
  chain: z.string(),
  table: z.string(),
  fromBlock: z.number().int().nullable(),
  toBlock: z.number().int().nullable(),
  fromHash: z.string().nullable(),
  toHash: z.string().nullable(),
  from: time.nullable(),
  to: time.nullable(),
  method: z.string(),
  rows: z.number().int(),
  /** Logs that an independent answer confirmed. */
  checked: z.number().int().nullable(),
})

/** What comparing a source with an independent answer would have seen, had it left logs out. */
const verificationRow = z.object({
  source: z.string(),
  chain: z.string(),
  checked: z.number().int(),
  /** Chance that one log in 200 left out would have been seen. */
  powerAtHalfPercent: z.number(),
  /** Share of missing logs that would have been seen with 99 %; 1 where nothing was compared. */
  shareSeen: z.number(),
})

export const reportSchema = z.object({
  schemaVersion: z.literal(REPORT_SCHEMA_VERSION),
  version: z.string(),
  ledgerHash: z.string(),
  config: z.object({
    from: time.nullable(),
    to: time.nullable(),
    seed: z.number().int(),
    controls: z.enum(['full', 'none']),
    asOf: time.describe('The time at which statements against findings had expired or not.'),
    returnShare: share,
    returnWindowDays: z.number(),
    prices: z.array(z.object({ chain: z.string(), asset: z.string(), usd: decimalText, source: z.string() })),
  }),
  reported,
  claims: z.array(
    z.object({
      protocol: z.string(),
      metric: z.string(),
      value: z.string().nullable(),
      url: z.string(),
      quote: z.string().nullable(),
      date: z.string(),
    }),
  ),
  published: z.object({
    value: publishedValues,
    count: publishedValues,
    units: publishedValues,
    users: publishedValues,
  }),
  calibration: z
    .object({
      signals: z.string().describe('Hash of the declarations and options of the signals that it holds for.'),
      worlds: z.number().int().describe('Simulated markets in which everybody is honest.'),
      classes: z.array(z.string()).describe('Of honest users, among them those that may look like wash usage.'),
    })
    .describe('What L1 is held against.'),
  ladder: z.array(ladderLevel),
  adoption: adoptionSchema,
  accounting: z.object({
    settledTransfers: z.number().int().describe('Transfers that settle a usage and so stand in no graph.'),
    unsettledUsages: z.number().int().describe('Paid usages without a transfer of their own in the ledger.'),
    returns: z.object({
      anyTime: z.number().int().describe('Transfers from a payee to a wallet that paid it, at any time.'),
      afterPayment: z.number().int().describe('Of these, the ones later than a payment between the two.'),
      excludingSettlements: z
        .number()
        .int()
        .describe('Of these, the ones that are not themselves the settlement of a usage.'),
      sameAsset: z
        .number()
        .int()
        .describe('Of these, the ones in an asset that was paid with; only they are matched by value.'),
    }),
    followUp: z.object({
      complete: z.number().int(),
      incomplete: z.number().int().describe('Payments whose window is not covered: counted, never clean.'),
    }),
  }),
  findings: z.array(finding),
  findingsOmitted: z.number().int().describe('Findings that stand in the evidence only.'),
  signals: z.array(signal),
  tokenmaxxing: patternSchema,
  entities: entitiesSchema,
  clusters: z.array(clusterSchema),
  clustersOmitted: z.number().int().describe('Smaller clusters that are not listed.'),
  coverage: z.array(coverageRow),
  verification: z.array(verificationRow),
  incomplete: z.boolean().describe('Whether the user allowed gaps and there are some.'),
  controls: controlsSchema,
  sensitivity: sensitivitySchema,
  missing: missingSchema,
  rivals: unavailable,
  rejects: z.object({
    total: z.number().int(),
    byReason: z.array(z.object({ table: z.string(), reason: z.string(), rows: z.number().int() })),
  }),
  unpriced: z.object({
    usages: z.number().int(),
    share: share.describe('Of the counted usages, those that no value measure holds.'),
    assets: z.array(
      z.object({ chain: z.string(), asset: z.string(), symbol: z.string().nullable(), usages: z.number().int() }),
    ),
  }),
  contested: contestedSchema,
  named: namedSchema,
  cards: z.array(cardSchema).describe('Of the entities that most families of evidence speak of. At most the first 50.'),
  cardsOmitted: z
    .number()
    .int()
    .describe('Entities with a finding that have no card here; `washboard explain` prints theirs.'),
})

/** What an audit says. Everything printed anywhere is a rendering of this. */
export type Report = z.infer<typeof reportSchema>
export type Published = z.infer<typeof publishedValue>
export type LadderLevel = z.infer<typeof ladderLevel>
export type ReportFinding = z.infer<typeof finding>
export type EvidencePayment = z.infer<typeof evidencePayment>

/** The JSON Schema that ships with the package. */
export function reportJsonSchema(): object {
  return { ...z.toJSONSchema(reportSchema), title: 'washboard report' }
}
