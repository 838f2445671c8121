import { olasAgentFactory } from '../../abis/olas-agent-factory.ts'
import { olasAgentMech } from '../../abis/olas-agent-mech.ts'
import { olasBalanceTracker } from '../../abis/olas-balance-tracker.ts'
import { olasLegacyMarketplace } from '../../abis/olas-legacy-marketplace.ts'
import { olasMechContract } from '../../abis/olas-mech.ts'
import { olasMechMarketplace } from '../../abis/olas-mech-marketplace.ts'
import { olasServiceRegistry } from '../../abis/olas-service-registry.ts'
import { olasStaking } from '../../abis/olas-staking.ts'
import { olasStakingFactory } from '../../abis/olas-staking-factory.ts'
import type { DecodedLog, Transaction, UnsourcedFacts } from './protocol.ts'

export const olasContracts = {
  'agent-factory': olasAgentFactory,
  'agent-mech': olasAgentMech,
  'legacy-marketplace': olasLegacyMarketplace,
  'mech-marketplace': olasMechMarketplace,
  mech: olasMechContract,
  'balance-tracker': olasBalanceTracker,
  'service-registry': olasServiceRegistry,
  'staking-factory': olasStakingFactory,
  staking: olasStaking,
} as const

type Contracts = typeof olasContracts

export type OlasTransaction = Transaction<Contracts>
export type OlasLog<role extends keyof Contracts> = Extract<DecodedLog<Contracts>, { readonly role: role }>

/** Rows of one transaction while its logs are read. */
export type OlasRows = {
  readonly [table in 'usage_events' | 'payments' | 'rewards' | 'links' | 'windows']: NonNullable<
    UnsourcedFacts[table]
  >[number][]
}

/** Where a row of a log stands; `sub` tells several rows of one log apart. */
export function placeOf(
  { chain, hash, blockNumber, timestamp }: OlasTransaction,
  log: { readonly logIndex: number },
  sub: number,
) {
  return { chain, tx_hash: hash, log_index: log.logIndex, sub_index: sub, block_number: blockNumber, timestamp }
}
