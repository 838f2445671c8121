import { ocean } from './ocean.ts'
import { olasMech } from './olas-mech.ts'

export { ocean } from './ocean.ts'
export { olasMech } from './olas-mech.ts'
export {
  type Contracts,
  type DeclaredAsset,
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

/** The networks this package knows, by the order of their documentation. */
export const protocols = [olasMech, ocean] as const
