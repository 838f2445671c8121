// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

// A contract whose logs hold an id alone, so that only its view tells who used what for how much; and a reader of many
// views at once with the interface of Multicall3.

contract Jobs {
    struct Job {
        address client;
        address worker;
        address token;
        uint256 budget;
    }

    error Sealed(bytes32 id);

    event JobDone(bytes32 indexed id);

    mapping(bytes32 => Job) private jobs;
    mapping(bytes32 => bool) private hidden;
    mapping(bytes32 => bool) private costly;

    function finish(bytes32 id, Job calldata job) external {
        jobs[id] = job;
        emit JobDone(id);
    }

    function change(bytes32 id, uint256 budget) external {
        jobs[id].budget = budget;
    }

    function announce(bytes32 id) external {
        emit JobDone(id);
    }

    function hide(bytes32 id) external {
        hidden[id] = true;
    }

    /// From now on the view of this job uses up whatever gas it is given.
    function makeCostly(bytes32 id) external {
        costly[id] = true;
    }

    function getJob(bytes32 id) external view returns (Job memory) {
        if (hidden[id]) revert Sealed(id);
        if (costly[id]) assembly { invalid() }
        require(jobs[id].client != address(0), "no such job");
        return jobs[id];
    }
}

contract Multicall {
    struct Call3 {
        address target;
        bool allowFailure;
        bytes callData;
    }

    struct Result {
        bool success;
        bytes returnData;
    }

    function aggregate3(Call3[] calldata calls) external payable returns (Result[] memory results) {
        results = new Result[](calls.length);
        for (uint256 i = 0; i < calls.length; i++) {
            (bool success, bytes memory data) = calls[i].target.call(calls[i].callData);
            require(success || calls[i].allowFailure, "Multicall3: call failed");
            results[i] = Result(success, data);
        }
    }
}
