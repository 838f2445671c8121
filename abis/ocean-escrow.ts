import { parseAbi } from 'viem'

/**
 * Pays nodes for compute jobs. Source: oceanprotocol/contracts @1c779f9086d296c2c295a5b4e7c05767ba409e59, as built in
 * @oceanprotocol/contracts 2.6.0, Escrow and EnterpriseEscrow. Addresses: src/protocols/ocean-deployments.ts.
 */
export const oceanEscrow = parseAbi([
  'event Lock(address payer, address payee, uint256 jobId, uint256 amount, uint256 expiry, address token)',
  'event Claimed(address indexed payee, uint256 jobId, address token, address indexed payer, uint256 amount, bytes proof)',
  'event Canceled(address indexed payee, uint256 jobId, address token, address indexed payer, uint256 amount)',
])
