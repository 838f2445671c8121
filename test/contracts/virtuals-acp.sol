// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

// Signatures and order: Virtual-Protocol/agent-commerce-protocol @7b490591 contracts/acp/v1/ACPSimple.sol. Phases are
// not checked: the tests say what happens when.

interface IMoney {
    function transfer(address to, uint256 value) external returns (bool);
    function transferFrom(address from, address to, uint256 value) external returns (bool);
}

contract AcpSimple {
    event JobCreated(uint256 jobId, address indexed client, address indexed provider, address indexed evaluator);
    event JobPhaseUpdated(uint256 indexed jobId, uint8 oldPhase, uint8 phase);
    event BudgetSet(uint256 indexed jobId, uint256 newBudget);
    event JobPaymentTokenSet(uint256 indexed jobId, address indexed paymentToken, uint256 newBudget);
    event ClaimedProviderFee(uint256 jobId, address indexed provider, uint256 providerFee);
    event ClaimedEvaluatorFee(uint256 jobId, address indexed evaluator, uint256 evaluatorFee);
    event RefundedBudget(uint256 jobId, address indexed client, uint256 amount);
    event PayableTransferExecuted(
        uint256 indexed jobId, uint256 indexed memoId, address indexed from, address to, address token, uint256 amount
    );
    event PayableRequestExecuted(
        uint256 indexed jobId, uint256 indexed memoId, address indexed from, address to, address token, uint256 amount
    );
    event NewMemo(uint256 indexed jobId, address indexed sender, uint256 memoId, string content);

    struct Job {
        address client;
        address provider;
        address evaluator;
        uint256 budget;
        IMoney token;
        uint8 phase;
    }

    mapping(uint256 => Job) public jobs;
    uint256 public memoCounter;
    address public treasury;
    uint256 public platformFee;
    uint256 public evaluatorFee;

    constructor(address treasury_, uint256 platformFee_, uint256 evaluatorFee_) {
        (treasury, platformFee, evaluatorFee) = (treasury_, platformFee_, evaluatorFee_);
    }

    function createJob(uint256 id, address client, address provider, address evaluator, IMoney token) external {
        jobs[id] = Job(client, provider, evaluator, 0, token, 0);
        emit JobCreated(id, client, provider, evaluator);
    }

    function setBudget(uint256 id, uint256 amount, address named) external {
        jobs[id].budget = amount;
        emit BudgetSet(id, amount);
        emit JobPaymentTokenSet(id, named, amount);
    }

    function createMemo(uint256 id, address sender, string memory content) public {
        emit NewMemo(id, sender, ++memoCounter, content);
    }

    function deliver(uint256 id, string memory content) external {
        createMemo(id, jobs[id].provider, content);
        enter(id, 3);
    }

    function enter(uint256 id, uint8 phase) public {
        Job storage job = jobs[id];
        emit JobPhaseUpdated(id, job.phase, phase);
        uint8 old = job.phase;
        job.phase = phase;
        if (phase == 2) job.token.transferFrom(job.client, address(this), job.budget);
        else if (phase == 4) pay(id);
        else if (phase == 5 && old >= 2) {
            job.token.transfer(job.client, job.budget);
            emit RefundedBudget(id, job.client, job.budget);
        }
    }

    function pay(uint256 id) internal {
        Job storage job = jobs[id];
        (uint256 platform, uint256 evaluation) =
            (job.budget * platformFee / 10000, job.budget * evaluatorFee / 10000);
        if (platform > 0) job.token.transfer(treasury, platform);
        if (job.evaluator != address(0) && evaluation > 0) {
            job.token.transfer(job.evaluator, evaluation);
            emit ClaimedEvaluatorFee(id, job.evaluator, evaluation);
        }
        job.token.transfer(job.provider, job.budget - platform - evaluation);
        emit ClaimedProviderFee(id, job.provider, job.budget - platform - evaluation);
    }

    /// An escrowed sum goes on to its recipient, and the job it belongs to is completed at once.
    function payPrincipal(uint256 id, address from, address to, IMoney token, uint256 amount, bool completes) external {
        token.transferFrom(from, address(this), amount);
        token.transfer(to, amount);
        emit PayableTransferExecuted(id, ++memoCounter, from, to, address(token), amount);
        if (completes) enter(id, 4);
    }

    function requestPrincipal(uint256 id, address from, address to, IMoney token, uint256 amount) external {
        token.transferFrom(from, to, amount);
        emit PayableRequestExecuted(id, ++memoCounter, from, to, address(token), amount);
    }
}
