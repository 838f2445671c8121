import { z } from 'zod'
import { measured, share, time } from './schema-parts.ts'

/** What speaks for a link: a registry, a deposit address of an exchange, or what two wallets have in common. */
const linkKinds = [
  'owner',
  'deposit',
  'funder',
  'token-funder',
  'sweep',
  'token-sweep',
  'root',
  'token-root',
  'loop',
  'funded',
] as const

const link = z.object({
  first: z.string(),
  second: z.string(),
  kind: z.enum(linkKinds).describe('What says most for the link.'),
  probability: share.describe('Posterior that one person stands behind both.'),
})

const transfer = z.object({
  chain: z.string(),
  transaction: z.string(),
  logIndex: z.number().int(),
  time: time.nullable(),
  from: z.string(),
  to: z.string(),
})

/** Parties of counted usage that are linked. A cluster is not a finding: one person may have many wallets for good reasons. */
export const clusterSchema = z.object({
  id: z.string().describe('The member whose first payment came first.'),
  size: z.number().int(),
  members: z.array(z.string()).describe('At most the first 100; all stand in the evidence.'),
  links: z
    .array(link.extend({ transfers: z.array(transfer).describe('At most the first 3.') }))
    .describe('A tree over the members, the surest first; at most the first 20.'),
  weakest: link.describe('Without this link the cluster falls apart.'),
  stability: share.describe(
    'Mean share of its members that stay together where each link, also beside the tree, holds with its probability, over 200 draws.',
  ),
})

/** How many independent users the paying wallets come to. */
export const entitiesSchema = measured({
  payers: z.number().int().describe('Wallets that paid for counted usage.'),
  low: z.number().int().describe('Entities if every link that is likelier than not joins.'),
  mid: z.number().int().describe('Entities if links of a posterior of 0.85 or more join.'),
  high: z.number().int().describe('Entities if only certain links join: owners and deposit addresses.'),
  bridges: z.number().int().describe('Probable links that alone would have joined two large parts, and were left out.'),
  abstained: z.boolean().describe('Probable links were set aside, since one cluster held too many wallets.'),
})
