import { parseAbi } from 'viem'

/**
 * Factories of the first mechs, and of those of the legacy marketplace. Source: valory-xyz/ai-registry-mech
 * @53811b7e65fb124cbd65902b0da944d08808d96e, abis/0.8.25/AgentFactory.json. Gnosis:
 * 0x88DE734655184a09B70700aE4F72364d1ad23728, 0x4be7A91e67be963806FeFA9C1FD6C53DfC358d94 and three factories of the
 * legacy marketplace.
 */
export const olasAgentFactory = parseAbi([
  'event CreateMech(address indexed mech, uint256 indexed agentId, uint256 indexed price)',
])
