import { parseAbi } from 'viem'

/**
 * A mech of the marketplace. Source: valory-xyz/ai-registry-mech @53811b7e65fb124cbd65902b0da944d08808d96e,
 * abis/0.8.28/OlasMech.json. Clones: `CreateMech` of the marketplace, on every chain it stands on.
 */
export const olasMechContract = parseAbi([
  'event Request(address indexed mech, bytes32 requestId, bytes data)',
  'event Deliver(address indexed mech, address indexed mechServiceMultisig, bytes32 requestId, uint256 deliveryRate, bytes data)',
])
