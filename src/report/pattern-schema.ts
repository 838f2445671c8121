import { z } from 'zod'

const effect = z
  .object({
    name: z.string(),
    value: z.number(),
    low: z.number().nullable(),
    high: z.number().nullable(),
  })
  .describe('95 % interval; null: an exact count.')

const pattern = z.object({
  id: z.string().regex(/^H\d+$/),
  name: z.string(),
  phrase: z.string().describe('Words of the cautionary tale.'),
  claim: z.string().describe('What the words claim, so that data can contradict it.'),
  status: z
    .enum(['fired', 'quiet', 'context', 'untestable', 'error'])
    .describe('context: measured, and never fires by itself.'),
  pValue: z.number().min(0).max(1).nullable(),
  qValue: z.number().min(0).max(1).nullable().describe('Among the tests that could be made.'),
  effect: effect.nullable(),
  statement: z.string().nullable().describe('One sentence with the numbers on which it rests, or what went wrong.'),
  lacks: z.array(z.string()).describe('Data with which it would be testable.'),
  groups: z.array(z.object({ group: z.string(), size: z.number().int(), pValue: z.number(), effect })),
  groupsOmitted: z.number().int(),
  statistic: z.string(),
  nullModel: z.string(),
  falsePositives: z.array(z.object({ id: z.string(), story: z.string(), mitigation: z.string() })),
  blindSpots: z.array(z.string()),
  references: z.array(z.object({ title: z.string(), url: z.string() })),
})

/** The tests of the Amazon pattern: how many fired of how many could be made, never one probability. */
export const patternSchema = z.object({
  fired: z.number().int(),
  testable: z.number().int(),
  total: z.number().int(),
  reason: z.string().nullable().describe('Why none could be made.'),
  tests: z.array(pattern),
})
