import { ocean } from './ocean.ts'
import { olasMech } from './olas-mech.ts'
import { virtualsAcp } from './virtuals-acp.ts'
import { x402 } from './x402.ts'

/** So that a file with a network of one's own needs no package but this one. */
export { parseAbi } from 'viem'
export { type EventSubgraph, eventSubgraph } from './event-subgraph.ts'
export { ocean } from './ocean.ts'
export { olasMech } from './olas-mech.ts'
export { type PaidUse, paidUsage } from './paid-usage.ts'
export {
  type Anchor,
  type Contracts,
  type DeclaredAsset,
  type DeclaredClaim,
  type DeclaredProgramme,
  type DecodedLog,
  type Deployment,
  type Discovery,
  defineProtocol,
  defineSubgraph,
  type KnownUsage,
  type Protocol,
  type RawLog,
  type RawTransaction,
  type Read,
  type Subgraph,
  type SubgraphPlace,
  type ToldPayment,
  type ToldUsage,
  type Transaction,
  type UnsourcedFacts,
  withDeployments,
} from './protocol.ts'
export { virtualsAcp } from './virtuals-acp.ts'
export { type PricedService, type X402Options, x402, x402With } from './x402.ts'
export type { Facilitator } from './x402-facilitators.ts'

/** The networks this package knows, by the order of their documentation. */
export const protocols = [olasMech, ocean, virtualsAcp, x402] as const
