import { parseAbi } from 'viem'

/**
 * A dollar token whose holders pay by signature. Source: circlefin/stablecoin-evm
 * @46e61d00 contracts/v2/EIP3009.sol: the authorization is logged right before the transfer it allows.
 * Base: 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913. Polygon: 0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359.
 */
export const usdcEip3009 = parseAbi([
  'event AuthorizationUsed(address indexed authorizer, bytes32 indexed nonce)',
  'event Transfer(address indexed from, address indexed to, uint256 value)',
])
