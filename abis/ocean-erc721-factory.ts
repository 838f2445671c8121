import { parseAbi } from 'viem'

/**
 * Makes data NFTs and, for them, datatokens. Source: oceanprotocol/contracts @1c779f9086d296c2c295a5b4e7c05767ba409e59,
 * as built in @oceanprotocol/contracts 2.6.0, ERC721Factory. `creator` of a datatoken is its data NFT. Addresses:
 * src/protocols/ocean-deployments.ts.
 */
export const oceanErc721Factory = parseAbi([
  'event NFTCreated(address newTokenAddress, address indexed templateAddress, string tokenName, address indexed admin, string symbol, string tokenURI, bool transferable, address indexed creator)',
  'event TokenCreated(address indexed newTokenAddress, address indexed templateAddress, string name, string symbol, uint256 cap, address creator)',
])
