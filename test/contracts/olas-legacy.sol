// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

// The first mechs and the marketplace that came after them.
// Signatures: valory-xyz/ai-registry-mech @53811b7e, abis/0.8.19, 0.8.21 and 0.8.25.

contract AgentMech {
    event Request(address indexed sender, uint256 requestId, bytes data);
    event Request(address indexed sender, uint256 requestId, uint256 requestIdWithNonce, bytes data);
    event Deliver(uint256 requestId, bytes data);
    event Deliver(address indexed sender, uint256 requestId, bytes data);
    event RevokeRequest(address indexed sender, uint256 requestId);

    function request(address sender, uint256 id, bytes memory data) external {
        emit Request(sender, id, data);
    }

    function requestWithNonce(address sender, uint256 id, uint256 idWithNonce, bytes memory data) external {
        emit Request(sender, id, idWithNonce, data);
    }

    function deliver0819(uint256 id, bytes memory data) external {
        emit Deliver(id, data);
    }

    function deliver(uint256 id, bytes memory data) external {
        emit Deliver(msg.sender, id, data);
    }

    function revoke(address sender, uint256 id) external {
        emit RevokeRequest(sender, id);
    }
}

contract AgentFactory {
    event CreateMech(address indexed mech, uint256 indexed agentId, uint256 indexed price);

    AgentMech[] public mechs;

    function create(uint256 agentId, uint256 price) external {
        AgentMech mech = new AgentMech();
        mechs.push(mech);
        emit CreateMech(address(mech), agentId, price);
    }
}

contract LegacyMarketplace {
    event MarketplaceRequest(address indexed requester, address indexed requestedMech, uint256 requestId, bytes data);
    event MarketplaceDeliver(
        address indexed priorityMech,
        address indexed actualMech,
        address indexed requester,
        uint256 requestId,
        bytes data
    );

    function request(AgentMech mech, address requester, uint256 id, bytes memory data) external {
        mech.request(requester, id, data);
        emit MarketplaceRequest(requester, address(mech), id, data);
    }

    function deliver(AgentMech priority, AgentMech actual, address requester, uint256 id, bytes memory data) external {
        actual.deliver(id, data);
        if (priority != actual) priority.revoke(requester, id);
        emit MarketplaceDeliver(address(priority), address(actual), requester, id, data);
    }
}
