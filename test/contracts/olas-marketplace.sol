// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

// Emits the events of the Olas mech marketplace in their real order. The caller says what happened; nothing is checked.
// Signatures: valory-xyz/ai-registry-mech @53811b7e, abis/0.8.28 (version 1) and abis/0.8.30 (version 2).

contract BalanceTracker {
    event RequesterBalanceAdjusted(address indexed requester, uint256 deliveryRate, uint256 balance);
    event MechBalanceAdjusted(address indexed mech, uint256 deliveryRate, uint256 balance, uint256 rateDiff);

    mapping(address => uint256) public balances;

    function record(address requester, uint256 rate) external {
        emit RequesterBalanceAdjusted(requester, rate, 0);
    }

    function finalize(address mech, uint256 total) external {
        balances[mech] += total;
        emit MechBalanceAdjusted(mech, total, balances[mech], 0);
    }
}

contract Mech {
    event Request(address indexed mech, bytes32 requestId, bytes data);
    event Deliver(
        address indexed mech, address indexed mechServiceMultisig, bytes32 requestId, uint256 deliveryRate, bytes data
    );
    event RevokeRequest(bytes32 requestId);

    function request(bytes32[] memory ids, bytes[] memory datas) external {
        for (uint256 i = 0; i < ids.length; i++) emit Request(address(this), ids[i], datas[i]);
    }

    function deliver(address multisig, bytes32[] memory ids, bool[] memory delivered, uint256 rate) external {
        for (uint256 i = 0; i < ids.length; i++) {
            if (delivered[i]) emit Deliver(address(this), multisig, ids[i], rate, abi.encode(ids[i]));
            else emit RevokeRequest(ids[i]);
        }
    }
}

abstract contract Marketplace {
    event CreateMech(address indexed mech, uint256 indexed serviceId, address indexed mechFactory);
    event MarketplaceDeliveryWithSignatures(
        address indexed deliveryMech, address indexed requester, uint256 numDeliveries, bytes32[] requestIds
    );

    Mech[] public mechs;

    function create(uint256 serviceId) external {
        Mech mech = new Mech();
        mechs.push(mech);
        emit CreateMech(address(mech), serviceId, address(this));
    }

    function request(Mech mech, BalanceTracker tracker, address requester, bytes32[] memory ids, bytes[] memory datas)
        public
    {
        tracker.record(requester, ids.length);
        mech.request(ids, datas);
        logRequest(address(mech), requester, ids, datas);
    }

    // One request each, with ids counted on from `first`.
    function requestMany(Mech mech, BalanceTracker tracker, address[] memory requesters, uint256 first) external {
        bytes32[] memory ids = new bytes32[](1);
        bytes[] memory datas = new bytes[](1);
        for (uint256 i = 0; i < requesters.length; i++) {
            ids[0] = bytes32(first + i);
            datas[0] = abi.encode(first + i);
            request(mech, tracker, requesters[i], ids, datas);
        }
    }

    function deliver(
        Mech mech,
        BalanceTracker tracker,
        address multisig,
        address[] memory requesters,
        bytes32[] memory ids,
        bool[] memory delivered,
        uint256 rate
    ) public {
        uint256 count;
        for (uint256 i = 0; i < delivered.length; i++) if (delivered[i]) count++;
        if (count > 0) tracker.finalize(address(mech), count * rate);
        logDelivery(address(mech), requesters, count, ids, delivered);
        mech.deliver(multisig, ids, delivered, rate);
    }

    // All at once, as the real mechs batch them.
    function deliverMany(
        Mech mech,
        BalanceTracker tracker,
        address multisig,
        address[] memory requesters,
        uint256 first,
        uint256 rate
    ) external {
        bytes32[] memory ids = new bytes32[](requesters.length);
        bool[] memory delivered = new bool[](requesters.length);
        for (uint256 i = 0; i < requesters.length; i++) {
            ids[i] = bytes32(first + i);
            delivered[i] = true;
        }
        deliver(mech, tracker, multisig, requesters, ids, delivered, rate);
    }

    function deliverSigned(
        Mech mech,
        BalanceTracker tracker,
        address multisig,
        address requester,
        bytes32[] memory ids,
        bytes[] memory datas,
        uint256 rate
    ) external {
        for (uint256 i = 0; i < ids.length; i++) logSigned(address(mech), multisig, ids[i], rate, datas[i]);
        emit MarketplaceDeliveryWithSignatures(address(mech), requester, ids.length, ids);
        tracker.finalize(address(mech), ids.length * rate);
    }

    function logRequest(address mech, address requester, bytes32[] memory ids, bytes[] memory datas) internal virtual;
    function logDelivery(
        address mech, address[] memory requesters, uint256 count, bytes32[] memory ids, bool[] memory delivered
    ) internal virtual;
    function logSigned(address mech, address multisig, bytes32 id, uint256 rate, bytes memory data) internal virtual;
}

contract MarketplaceV1 is Marketplace {
    event MarketplaceRequest(
        address indexed priorityMech, address indexed requester, uint256 numRequests, bytes32[] requestIds
    );
    event MarketplaceDelivery(
        address indexed deliveryMech,
        address[] indexed requesters,
        uint256 numDeliveries,
        bytes32[] requestIds,
        bool[] deliveredRequests
    );
    event Deliver(
        address indexed mech, address indexed mechServiceMultisig, bytes32 requestId, uint256 deliveryRate, bytes data
    );

    function logRequest(address mech, address requester, bytes32[] memory ids, bytes[] memory) internal override {
        emit MarketplaceRequest(mech, requester, ids.length, ids);
    }

    function logDelivery(
        address mech, address[] memory requesters, uint256 count, bytes32[] memory ids, bool[] memory delivered
    ) internal override {
        emit MarketplaceDelivery(mech, requesters, count, ids, delivered);
    }

    function logSigned(address mech, address multisig, bytes32 id, uint256 rate, bytes memory) internal override {
        emit Deliver(mech, multisig, id, rate, abi.encode(id));
    }
}

contract MarketplaceV2 is Marketplace {
    event MarketplaceRequest(
        address indexed priorityMech,
        address indexed requester,
        uint256 numRequests,
        bytes32[] requestIds,
        bytes[] requestDatas
    );
    event MarketplaceDelivery(
        address indexed deliveryMech,
        address[] requesters,
        uint256 numDeliveries,
        bytes32[] requestIds,
        bool[] deliveredRequests
    );
    event Deliver(
        address indexed mech,
        address indexed mechServiceMultisig,
        bytes32 requestId,
        uint256 deliveryRate,
        bytes requestData,
        bytes deliveryData
    );

    function logRequest(address mech, address requester, bytes32[] memory ids, bytes[] memory datas)
        internal
        override
    {
        emit MarketplaceRequest(mech, requester, ids.length, ids, datas);
    }

    function logDelivery(
        address mech, address[] memory requesters, uint256 count, bytes32[] memory ids, bool[] memory delivered
    ) internal override {
        emit MarketplaceDelivery(mech, requesters, count, ids, delivered);
    }

    function logSigned(address mech, address multisig, bytes32 id, uint256 rate, bytes memory data)
        internal
        override
    {
        emit Deliver(mech, multisig, id, rate, data, abi.encode(id));
    }
}
