import { parseAbi } from 'viem'

/**
 * The third Agent Commerce Protocol, an ERC-8183 contract. Source: Virtual-Protocol/acp-node-v2 @776741a7 src/abis.
 * Base: 0x238E541BfefD82238730D00a2208E5497F1832E0.
 */
export const virtualsCommerce = parseAbi([
  'event JobCreated(uint256 indexed jobId, address indexed client, address indexed provider, address evaluator, uint256 expiredAt, address hook)',
  'event ProviderSet(uint256 indexed jobId, address indexed provider)',
  'event BudgetSet(uint256 indexed jobId, uint256 amount)',
  'event JobFunded(uint256 indexed jobId, address indexed client, uint256 amount)',
  'event JobSubmitted(uint256 indexed jobId, address indexed provider, bytes32 deliverable)',
  'event JobCompleted(uint256 indexed jobId, address indexed evaluator, bytes32 reason)',
  'event JobRejected(uint256 indexed jobId, address indexed rejector, bytes32 reason)',
  'event JobExpired(uint256 indexed jobId)',
  'event PaymentReleased(uint256 indexed jobId, address indexed provider, uint256 amount)',
  'event EvaluatorFeePaid(uint256 indexed jobId, address indexed evaluator, uint256 amount)',
  'event Refunded(uint256 indexed jobId, address indexed client, uint256 amount)',
])
