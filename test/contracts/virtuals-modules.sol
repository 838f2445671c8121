// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IMoney} from "./virtuals-acp.sol";

// Signatures and order: Virtual-Protocol/agent-commerce-protocol @7b490591 contracts/acp/v2. Modules log, the router
// calls them.

contract AcpJobManager {
    event JobCreated(
        uint256 indexed jobId,
        uint256 indexed accountId,
        address indexed client,
        address provider,
        address evaluator,
        uint256 expiredAt
    );
    event BudgetSet(uint256 indexed jobId, uint256 newBudget);
    event JobPaymentTokenSet(uint256 indexed jobId, address indexed paymentToken, uint256 newBudget);
    event JobPhaseUpdated(uint256 indexed jobId, uint8 oldPhase, uint8 newPhase);

    function created(uint256 id, address client, address provider, address evaluator) external {
        emit JobCreated(id, 1, client, provider, evaluator, block.timestamp + 1 days);
    }

    function budgeted(uint256 id, address token, uint256 budget) external {
        emit BudgetSet(id, budget);
        emit JobPaymentTokenSet(id, token, budget);
    }

    function entered(uint256 id, uint8 from, uint8 to) external {
        emit JobPhaseUpdated(id, from, to);
    }
}

contract AcpMemoManager {
    event NewMemo(
        uint256 indexed memoId,
        uint256 indexed jobId,
        address indexed sender,
        uint8 memoType,
        uint8 nextPhase,
        string content
    );
    event PayableMemoExecuted(uint256 indexed memoId, uint256 indexed jobId, address indexed executor, uint256 amount);

    function created(uint256 memoId, uint256 id, address sender, uint8 memoType, uint8 nextPhase, string memory content)
        external
    {
        emit NewMemo(memoId, id, sender, memoType, nextPhase, content);
    }

    function executed(uint256 memoId, uint256 id, uint256 amount) external {
        emit PayableMemoExecuted(memoId, id, msg.sender, amount);
    }
}

contract AcpPaymentManager {
    event PaymentReleased(uint256 indexed jobId, address indexed recipient, uint256 amount, address token, string reason);
    event PaymentRefunded(uint256 indexed jobId, address indexed client, uint256 amount, address token, string reason);
    event PayableMemoExecuted(
        uint256 indexed memoId, address indexed sender, address indexed recipient, address token, uint256 amount
    );

    function release(uint256 id, address provider, address evaluator, address treasury, IMoney token, uint256 amount)
        external
    {
        uint256 fee = amount / 10;
        token.transfer(treasury, fee);
        token.transfer(evaluator == address(0) ? treasury : evaluator, fee);
        token.transfer(provider, amount - 2 * fee);
        emit PaymentReleased(id, provider, amount - 2 * fee, address(token), "Job completion payment");
    }

    function refund(uint256 id, address client, IMoney token, uint256 amount) external {
        token.transfer(client, amount);
        emit PaymentRefunded(id, client, amount, address(token), "Job refund");
    }

    function executed(uint256 memoId, address sender, address recipient, IMoney token, uint256 amount) external {
        token.transferFrom(sender, recipient, amount);
        emit PayableMemoExecuted(memoId, sender, recipient, address(token), amount);
    }
}

contract AcpRouter {
    event ModuleUpdated(string indexed moduleType, address indexed oldModule, address indexed newModule);

    AcpJobManager public jobs;
    AcpMemoManager public memos;
    AcpPaymentManager public payments;
    address public treasury;
    uint256 public memoCounter = 1000000000;

    constructor(address treasury_) {
        treasury = treasury_;
    }

    /// As the router is set up: one announcement for each kind of module, and one of a kind that is not read.
    function install() external {
        (jobs, memos, payments) = (new AcpJobManager(), new AcpMemoManager(), new AcpPaymentManager());
        emit ModuleUpdated("account", address(0), address(this));
        emit ModuleUpdated("job", address(0), address(jobs));
        emit ModuleUpdated("memo", address(0), address(memos));
        emit ModuleUpdated("payment", address(0), address(payments));
    }

    function createJob(
        uint256 id,
        address client,
        address provider,
        address evaluator,
        address token,
        uint256 budget,
        string memory requirement
    ) external {
        jobs.created(id, client, provider, evaluator);
        jobs.budgeted(id, token, budget);
        memos.created(++memoCounter, id, client, 0, 1, requirement);
    }

    function setBudget(uint256 id, address token, uint256 budget) external {
        jobs.budgeted(id, token, budget);
    }

    function respond(uint256 id, address provider, string memory content) external {
        jobs.entered(id, 0, 1);
        memos.created(++memoCounter, id, provider, 0, 2, content);
    }

    function fund(uint256 id, address client, IMoney token, uint256 budget) external {
        token.transferFrom(client, address(payments), budget);
        jobs.entered(id, 1, 2);
    }

    /// The work; where nobody evaluates it is paid at once.
    function deliver(
        uint256 id,
        address provider,
        string memory content,
        bool evaluated,
        IMoney token,
        uint256 budget
    ) external {
        memos.created(++memoCounter, id, provider, 4, 4, content);
        jobs.entered(id, 2, evaluated ? 3 : 4);
        if (!evaluated) payments.release(id, provider, address(0), treasury, token, budget);
    }

    function complete(uint256 id, address provider, address evaluator, IMoney token, uint256 budget) external {
        jobs.entered(id, 3, 4);
        payments.release(id, provider, evaluator, treasury, token, budget);
    }

    function reject(uint256 id, address client, IMoney token, uint256 budget) external {
        jobs.entered(id, 3, 5);
        payments.refund(id, client, token, budget);
    }

    /// What could once be done in one transaction: a job funded, completed, and paid out twice.
    function payTwice(uint256 id, address provider, IMoney token, uint256 budget) external {
        jobs.entered(id, 3, 4);
        payments.release(id, provider, provider, treasury, token, budget);
        payments.release(id, provider, provider, treasury, token, budget);
    }

    /// A memo that pays when it is made, and one that pays when it is signed.
    function payMemo(uint256 id, address from, address to, IMoney token, uint256 amount, bool signed) external {
        uint256 memoId = ++memoCounter;
        if (!signed) memos.created(memoId, id, from, 7, 2, "funds");
        payments.executed(memoId, from, to, token, amount);
        if (signed) memos.executed(memoId, id, amount);
    }

    /// The escrow alone: the memo manager is not the one announced.
    function payUnknownMemo(address from, address to, IMoney token, uint256 amount) external {
        payments.executed(++memoCounter, from, to, token, amount);
    }
}
