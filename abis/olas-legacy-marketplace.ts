import { parseAbi } from 'viem'

/**
 * The marketplace before the present one. Source: valory-xyz/ai-registry-mech
 * @53811b7e65fb124cbd65902b0da944d08808d96e, abis/0.8.25/MechMarketplace.json. Gnosis:
 * 0x4554fE75c1f5576c1d7F765B2A036c199Adae329.
 */
export const olasLegacyMarketplace = parseAbi([
  'event MarketplaceRequest(address indexed requester, address indexed requestedMech, uint256 requestId, bytes data)',
  'event MarketplaceDeliver(address indexed priorityMech, address indexed actualMech, address indexed requester, uint256 requestId, bytes data)',
])
