// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

// Signatures: valory-xyz/autonolas-registries @1c5606f3, abis/0.8.28/ServiceRegistryL2.json.

/// What a new multisig logs of itself.
contract ServiceSafe {
    event SafeSetup(
        address indexed initiator,
        address[] owners,
        uint256 threshold,
        address initializer,
        address fallbackHandler
    );

    constructor(address[] memory owners) {
        emit SafeSetup(msg.sender, owners, 1, address(0), address(0));
    }
}

contract ServiceRegistry {
    event Transfer(address indexed from, address indexed to, uint256 indexed id);
    event CreateService(uint256 indexed serviceId, bytes32 configHash);
    event ActivateRegistration(uint256 indexed serviceId);
    event RegisterInstance(
        address indexed operator,
        uint256 indexed serviceId,
        address indexed agentInstance,
        uint256 agentId
    );
    event CreateMultisigWithAgents(uint256 indexed serviceId, address indexed multisig);
    event DeployService(uint256 indexed serviceId);
    event OperatorUnbond(address indexed operator, uint256 indexed serviceId);

    address public lastSafe;

    function create(address owner, uint256 serviceId) external {
        emit Transfer(address(0), owner, serviceId);
        emit CreateService(serviceId, bytes32(serviceId));
    }

    function register(address operator, uint256 serviceId, address[] memory instances) external {
        emit ActivateRegistration(serviceId);
        for (uint256 i = 0; i < instances.length; i++) emit RegisterInstance(operator, serviceId, instances[i], 25);
    }

    function deploy(uint256 serviceId, address[] memory instances) external {
        lastSafe = address(new ServiceSafe(instances));
        emit CreateMultisigWithAgents(serviceId, lastSafe);
        emit DeployService(serviceId);
    }

    function unbond(address operator, uint256 serviceId) external {
        emit OperatorUnbond(operator, serviceId);
    }

    function move(address from, address to, uint256 id) external {
        emit Transfer(from, to, id);
    }
}
