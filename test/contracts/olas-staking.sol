// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

// Signatures: valory-xyz/autonolas-registries @1c5606f3, abis/0.8.25 and contracts/staking/StakingBase.sol.

interface ServiceTokens {
    function move(address from, address to, uint256 id) external;
}

contract Staking {
    event ServiceStaked(
        uint256 epoch,
        uint256 indexed serviceId,
        address indexed owner,
        address indexed multisig,
        uint256[] nonces
    );
    event ServiceStaked(
        uint256 epoch,
        uint256 indexed serviceId,
        address indexed owner,
        address indexed multisig,
        uint256[] nonces,
        uint256 rewardDistributionInfo
    );
    event Checkpoint(
        uint256 indexed epoch,
        uint256 availableRewards,
        uint256[] serviceIds,
        uint256[] rewards,
        uint256 epochLength
    );
    event ServiceInactivityWarning(uint256 epoch, uint256 indexed serviceId, uint256 serviceInactivity);
    event ServicesEvicted(
        uint256 indexed epoch,
        uint256[] serviceIds,
        address[] owners,
        address[] multisigs,
        uint256[] serviceInactivity
    );
    event ServiceUnstaked(
        uint256 epoch,
        uint256 indexed serviceId,
        address indexed owner,
        address indexed multisig,
        uint256[] nonces,
        uint256 availableRewards,
        bool enforced
    );
    event ServiceForceUnstaked(
        uint256 epoch,
        uint256 indexed serviceId,
        address indexed owner,
        address indexed multisig,
        uint256[] nonces,
        uint256 reward,
        uint256 availableRewards
    );
    event RewardClaimed(
        uint256 epoch,
        uint256 indexed serviceId,
        address indexed owner,
        address indexed multisig,
        uint256[] nonces,
        uint256 reward
    );
    event RewardClaimed(
        uint256 epoch,
        uint256 indexed serviceId,
        address indexed owner,
        address indexed multisig,
        uint256[] nonces,
        address[] receivers,
        uint256[] rewardAmounts
    );
    event ServiceUnstaked(
        uint256 epoch,
        uint256 indexed serviceId,
        address indexed owner,
        address indexed multisig,
        uint256[] nonces,
        uint256 reward,
        uint256 availableRewards
    );

    /// The token moves to the contract before the stake is logged.
    function stake(ServiceTokens tokens, uint256 serviceId, address owner, address multisig) external {
        tokens.move(owner, address(this), serviceId);
        emit ServiceStaked(4, serviceId, owner, multisig, new uint256[](2));
    }

    function stakeV3(ServiceTokens tokens, uint256 serviceId, address owner, address multisig) external {
        tokens.move(owner, address(this), serviceId);
        emit ServiceStaked(4, serviceId, owner, multisig, new uint256[](2), 1);
    }

    /// Warnings first, then evictions, then the checkpoint itself, which names only those that passed.
    function checkpoint(
        uint256[] memory passed,
        uint256[] memory rewards,
        uint256[] memory warned,
        uint256[] memory evicted,
        uint256 epochLength
    ) external {
        for (uint256 i = 0; i < warned.length; i++) emit ServiceInactivityWarning(4, warned[i], epochLength);
        if (evicted.length > 0) {
            address[] memory parties = new address[](evicted.length);
            emit ServicesEvicted(4, evicted, parties, parties, new uint256[](evicted.length));
        }
        emit Checkpoint(4, 1, passed, rewards, epochLength);
    }

    /// The token comes back before the leave is logged.
    function leave(
        ServiceTokens tokens,
        uint256 serviceId,
        address owner,
        address multisig,
        uint256 reward,
        bool forced
    ) external {
        tokens.move(address(this), owner, serviceId);
        if (forced) emit ServiceForceUnstaked(4, serviceId, owner, multisig, new uint256[](2), reward, reward);
        else emit ServiceUnstaked(4, serviceId, owner, multisig, new uint256[](2), reward, 0);
    }

    /// Version 0.3.0 claims what is left before a service leaves.
    function leaveV3(
        ServiceTokens tokens,
        uint256 serviceId,
        address owner,
        address multisig,
        address[] memory receivers,
        uint256[] memory amounts
    ) external {
        tokens.move(address(this), owner, serviceId);
        emit ServiceUnstaked(4, serviceId, owner, multisig, new uint256[](2), 0, false);
        emit RewardClaimed(4, serviceId, owner, multisig, new uint256[](2), receivers, amounts);
    }

    function claim(uint256 epoch, uint256 serviceId, address owner, address multisig, uint256 reward) external {
        emit RewardClaimed(epoch, serviceId, owner, multisig, new uint256[](2), reward);
    }

    function claimSplit(
        uint256 epoch,
        uint256 serviceId,
        address owner,
        address multisig,
        address[] memory receivers,
        uint256[] memory amounts
    ) external {
        emit RewardClaimed(epoch, serviceId, owner, multisig, new uint256[](2), receivers, amounts);
    }

    function unstake(uint256 epoch, uint256 serviceId, address owner, address multisig, uint256 reward) external {
        emit ServiceUnstaked(epoch, serviceId, owner, multisig, new uint256[](2), reward, 0);
    }
}

contract StakingFactory {
    event InstanceCreated(address indexed sender, address indexed instance, address indexed implementation);

    Staking[] public instances;

    function create() external {
        Staking instance = new Staking();
        instances.push(instance);
        emit InstanceCreated(msg.sender, address(instance), address(this));
    }
}
