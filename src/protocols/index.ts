import { ocean } from './ocean.ts'
import { olasMech } from './olas-mech.ts'
import { virtualsAcp } from './virtuals-acp.ts'
import { x402 } from './x402.ts'

export { ocean } from './ocean.ts'
export { olasMech } from './olas-mech.ts'
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
  type KnownUsage,
  type Protocol,
  type RawLog,
  type RawTransaction,
  type Read,
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
