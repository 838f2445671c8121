import { parseAbi } from 'viem'

/**
 * Holds the rewards of Data Farming until they are claimed. Source: oceanprotocol/contracts
 * @1c779f9086d296c2c295a5b4e7c05767ba409e59, as built in @oceanprotocol/contracts 2.6.0, DFRewards. Addresses:
 * src/protocols/ocean-deployments.ts.
 */
export const oceanDfRewards = parseAbi(['event Allocated(address[] tos, uint256[] values, address tokenAddress)'])
