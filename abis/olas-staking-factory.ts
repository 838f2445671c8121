import { parseAbi } from 'viem'

/**
 * Factory of staking programmes. Source: valory-xyz/autonolas-registries @1c5606f31f8419db3602f6a076f39943a6e1c125,
 * abis/0.8.25/StakingFactory.json. Gnosis: 0xb0228CA253A88Bc8eb4ca70BCAC8f87b381f4700. Base:
 * 0x1cEe30D08943EB58EFF84DD1AB44a6ee6FEff63a. Polygon: 0x46C0D07F55d4F9B5Eed2Fc9680B5953e5fd7b461. Optimism:
 * 0xa45E64d13A30a51b91ae0eb182e88a40e9b18eD8.
 */
export const olasStakingFactory = parseAbi([
  'event InstanceCreated(address indexed sender, address indexed instance, address indexed implementation)',
])
