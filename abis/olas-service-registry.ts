import { parseAbi } from 'viem'

/**
 * Registry of services on a chain; a service is an ERC-721 token. Source: valory-xyz/autonolas-registries
 * @1c5606f31f8419db3602f6a076f39943a6e1c125, abis/0.8.28/ServiceRegistryL2.json. Addresses:
 * src/protocols/olas-deployments.ts.
 */
export const olasServiceRegistry = parseAbi([
  'event Transfer(address indexed from, address indexed to, uint256 indexed id)',
  'event RegisterInstance(address indexed operator, uint256 indexed serviceId, address indexed agentInstance, uint256 agentId)',
  'event CreateMultisigWithAgents(uint256 indexed serviceId, address indexed multisig)',
  'event OperatorUnbond(address indexed operator, uint256 indexed serviceId)',
])
