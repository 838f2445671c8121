import { parseAbi } from 'viem'

/**
 * The first Agent Commerce Protocol: one contract that holds jobs and money. Source: Virtual-Protocol/acp-node @d57d2def
 * src/abis/acpAbi.ts and Virtual-Protocol/agent-commerce-protocol @7b490591 contracts/acp/v1/ACPSimple.sol.
 * Phases: 0 request, 1 negotiation, 2 transaction, 3 evaluation, 4 completed, 5 rejected, 6 expired.
 * Base: 0x6a1FE26D54ab0d3E1e3168f2e0c0cDa5cC0A0A4A.
 */
export const virtualsAcpContract = parseAbi([
  'event JobCreated(uint256 jobId, address indexed client, address indexed provider, address indexed evaluator)',
  'event JobPhaseUpdated(uint256 indexed jobId, uint8 oldPhase, uint8 newPhase)',
  'event BudgetSet(uint256 indexed jobId, uint256 newBudget)',
  'event JobPaymentTokenSet(uint256 indexed jobId, address indexed paymentToken, uint256 newBudget)',
  'event ClaimedProviderFee(uint256 jobId, address indexed provider, uint256 providerFee)',
  'event ClaimedEvaluatorFee(uint256 jobId, address indexed evaluator, uint256 evaluatorFee)',
  'event RefundedBudget(uint256 jobId, address indexed client, uint256 amount)',
  'event PayableTransferExecuted(uint256 indexed jobId, uint256 indexed memoId, address indexed from, address to, address token, uint256 amount)',
  'event PayableRequestExecuted(uint256 indexed jobId, uint256 indexed memoId, address indexed from, address to, address token, uint256 amount)',
  'event NewMemo(uint256 indexed jobId, address indexed sender, uint256 memoId, string content)',
])
