import { parseAbi } from 'viem'

/**
 * A staking programme. Source: valory-xyz/autonolas-registries @1c5606f31f8419db3602f6a076f39943a6e1c125,
 * abis/0.8.25/StakingToken.json (one reward to the service's multisig) and contracts/staking/StakingBase.sol,
 * version 0.3.0 (several receivers). Clones: `InstanceCreated` of the staking factories.
 */
export const olasStaking = parseAbi([
  'event ServiceStaked(uint256 epoch, uint256 indexed serviceId, address indexed owner, address indexed multisig, uint256[] nonces)',
  'event ServiceStaked(uint256 epoch, uint256 indexed serviceId, address indexed owner, address indexed multisig, uint256[] nonces, uint256 rewardDistributionInfo)',
  'event Checkpoint(uint256 indexed epoch, uint256 availableRewards, uint256[] serviceIds, uint256[] rewards, uint256 epochLength)',
  'event ServiceInactivityWarning(uint256 epoch, uint256 indexed serviceId, uint256 serviceInactivity)',
  'event ServicesEvicted(uint256 indexed epoch, uint256[] serviceIds, address[] owners, address[] multisigs, uint256[] serviceInactivity)',
  'event RewardClaimed(uint256 epoch, uint256 indexed serviceId, address indexed owner, address indexed multisig, uint256[] nonces, uint256 reward)',
  'event RewardClaimed(uint256 epoch, uint256 indexed serviceId, address indexed owner, address indexed multisig, uint256[] nonces, address[] receivers, uint256[] rewardAmounts)',
  'event ServiceUnstaked(uint256 epoch, uint256 indexed serviceId, address indexed owner, address indexed multisig, uint256[] nonces, uint256 reward, uint256 availableRewards)',
  'event ServiceUnstaked(uint256 epoch, uint256 indexed serviceId, address indexed owner, address indexed multisig, uint256[] nonces, uint256 availableRewards, bool enforced)',
  'event ServiceForceUnstaked(uint256 epoch, uint256 indexed serviceId, address indexed owner, address indexed multisig, uint256[] nonces, uint256 reward, uint256 availableRewards)',
])
