// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

// Signatures: valory-xyz/autonolas-registries @1c5606f3, abis/0.8.25 and contracts/staking/StakingBase.sol.

contract Staking {
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
