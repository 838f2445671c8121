// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IMoney} from "./virtuals-acp.sol";

// Signatures: Virtual-Protocol/acp-node-v2 @776741a7 src/abis. Order of a payout: the ERC-8183 reference.

contract AcpCommerce {
    event JobCreated(
        uint256 indexed jobId,
        address indexed client,
        address indexed provider,
        address evaluator,
        uint256 expiredAt,
        address hook
    );
    event ProviderSet(uint256 indexed jobId, address indexed provider);
    event BudgetSet(uint256 indexed jobId, uint256 amount);
    event JobFunded(uint256 indexed jobId, address indexed client, uint256 amount);
    event JobSubmitted(uint256 indexed jobId, address indexed provider, bytes32 deliverable);
    event JobCompleted(uint256 indexed jobId, address indexed evaluator, bytes32 reason);
    event JobRejected(uint256 indexed jobId, address indexed rejector, bytes32 reason);
    event JobExpired(uint256 indexed jobId);
    event PaymentReleased(uint256 indexed jobId, address indexed provider, uint256 amount);
    event EvaluatorFeePaid(uint256 indexed jobId, address indexed evaluator, uint256 amount);
    event Refunded(uint256 indexed jobId, address indexed client, uint256 amount);

    struct Task {
        address client;
        address provider;
        address evaluator;
        uint256 budget;
    }

    mapping(uint256 => Task) public tasks;
    IMoney public token;
    address public treasury;

    constructor(IMoney token_, address treasury_) {
        (token, treasury) = (token_, treasury_);
    }

    function createJob(uint256 id, address client, address provider, address evaluator) external {
        tasks[id] = Task(client, provider, evaluator, 0);
        emit JobCreated(id, client, provider, evaluator, block.timestamp + 1 days, address(0));
    }

    function setProvider(uint256 id, address provider) external {
        tasks[id].provider = provider;
        emit ProviderSet(id, provider);
    }

    function setBudget(uint256 id, uint256 amount) external {
        tasks[id].budget = amount;
        emit BudgetSet(id, amount);
    }

    function fund(uint256 id) external {
        token.transferFrom(tasks[id].client, address(this), tasks[id].budget);
        emit JobFunded(id, tasks[id].client, tasks[id].budget);
    }

    function submit(uint256 id, bytes32 deliverable) external {
        emit JobSubmitted(id, tasks[id].provider, deliverable);
    }

    /// Several at once, as a batch of a smart account would.
    function complete(uint256[] memory ids) external {
        for (uint256 i = 0; i < ids.length; i++) {
            Task storage task = tasks[ids[i]];
            uint256 fee = task.budget / 20;
            if (fee > 0) {
                token.transfer(treasury, fee);
                token.transfer(task.evaluator, fee);
                emit EvaluatorFeePaid(ids[i], task.evaluator, fee);
            }
            token.transfer(task.provider, task.budget - 2 * fee);
            emit JobCompleted(ids[i], task.evaluator, 0);
            emit PaymentReleased(ids[i], task.provider, task.budget - 2 * fee);
        }
    }

    function reject(uint256 id) external {
        emit JobRejected(id, tasks[id].evaluator, 0);
        giveBack(id);
    }

    function expire(uint256 id) external {
        emit JobExpired(id);
        giveBack(id);
    }

    function giveBack(uint256 id) internal {
        token.transfer(tasks[id].client, tasks[id].budget);
        emit Refunded(id, tasks[id].client, tasks[id].budget);
    }
}

contract AcpFundHook {
    event PayableTransferExecuted(
        uint256 indexed jobId, uint256 indexed intentId, address from, address to, address token, uint256 amount
    );

    function move(uint256 id, address from, address to, IMoney token, uint256 amount) external {
        token.transferFrom(from, to, amount);
        emit PayableTransferExecuted(id, 1, from, to, address(token), amount);
    }
}

/// The older layout, with the sender indexed.
contract AcpOldFundHook {
    event PayableTransferExecuted(
        uint256 indexed jobId, uint256 indexed intentId, address indexed from, address to, address token, uint256 amount
    );

    function move(uint256 id, address from, address to, IMoney token, uint256 amount) external {
        token.transferFrom(from, to, amount);
        emit PayableTransferExecuted(id, 1, from, to, address(token), amount);
    }
}
