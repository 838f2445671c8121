import { parseAbi } from 'viem'

/**
 * Gives datatokens away. Source: oceanprotocol/contracts @1c779f9086d296c2c295a5b4e7c05767ba409e59, as built in
 * @oceanprotocol/contracts 2.6.0, Dispenser. Addresses: src/protocols/ocean-deployments.ts.
 */
export const oceanDispenser = parseAbi([
  'event TokensDispensed(address indexed datatokenAddress, address indexed userAddress, uint256 amount)',
])
