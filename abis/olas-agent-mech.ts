import { parseAbi } from 'viem'

/**
 * The first mechs, in all their versions. Source: valory-xyz/ai-registry-mech
 * @53811b7e65fb124cbd65902b0da944d08808d96e, abis/0.8.19/AgentMech.json, abis/0.8.21/AgentMech.json (the request
 * with a nonce), abis/0.8.25/AgentMech.json (the delivery with a sender). Gnosis:
 * 0x77af31De935740567Cf4fF1986D04B2c964A786a and clones of the agent factories.
 */
export const olasAgentMech = parseAbi([
  'event Request(address indexed sender, uint256 requestId, bytes data)',
  'event Request(address indexed sender, uint256 requestId, uint256 requestIdWithNonce, bytes data)',
  'event Deliver(uint256 requestId, bytes data)',
  'event Deliver(address indexed sender, uint256 requestId, bytes data)',
])
