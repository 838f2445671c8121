import { parseAbi } from 'viem'

/**
 * Escrow of the second Agent Commerce Protocol. Source: Virtual-Protocol/agent-commerce-protocol @7b490591
 * contracts/acp/v2/interfaces/IPaymentManager.sol. Its `BudgetEscrowed` carries zeros and is not used.
 * Base: `ModuleUpdated` of the router.
 */
export const virtualsPaymentManager = parseAbi([
  'event PaymentReleased(uint256 indexed jobId, address indexed recipient, uint256 amount, address token, string reason)',
  'event PaymentRefunded(uint256 indexed jobId, address indexed client, uint256 amount, address token, string reason)',
  'event PayableMemoExecuted(uint256 indexed memoId, address indexed sender, address indexed recipient, address token, uint256 amount)',
])
