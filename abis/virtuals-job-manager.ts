import { parseAbi } from 'viem'

/**
 * Jobs of the second Agent Commerce Protocol, numbered from 1,000,000,001. Source: Virtual-Protocol/acp-node @d57d2def
 * src/abis/jobManagerAbi.ts. Phases as in the first. Base: `ModuleUpdated` of the router.
 */
export const virtualsJobManager = parseAbi([
  'event JobCreated(uint256 indexed jobId, uint256 indexed accountId, address indexed client, address provider, address evaluator, uint256 expiredAt)',
  'event JobPhaseUpdated(uint256 indexed jobId, uint8 oldPhase, uint8 newPhase)',
  'event BudgetSet(uint256 indexed jobId, uint256 newBudget)',
  'event JobPaymentTokenSet(uint256 indexed jobId, address indexed paymentToken, uint256 newBudget)',
])
