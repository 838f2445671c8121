// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

// Signatures and order: circlefin/stablecoin-evm @46e61d00 contracts/v2/EIP3009.sol and coinbase/x402 @dd927a26
// contracts/evm. Signatures are not checked: the tests say who signed.

contract X402Dollar {
    event AuthorizationUsed(address indexed authorizer, bytes32 indexed nonce);
    event Transfer(address indexed from, address indexed to, uint256 value);

    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(bytes32 => bool)) public authorizationState;

    function mint(address to, uint256 value) external {
        balanceOf[to] += value;
        emit Transfer(address(0), to, value);
    }

    function transfer(address to, uint256 value) external returns (bool) {
        move(msg.sender, to, value);
        return true;
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        move(from, to, value);
        return true;
    }

    function transferWithAuthorization(address from, address to, uint256 value, bytes32 nonce) external {
        require(!authorizationState[from][nonce]);
        authorizationState[from][nonce] = true;
        emit AuthorizationUsed(from, nonce);
        move(from, to, value);
    }

    function move(address from, address to, uint256 value) internal {
        balanceOf[from] -= value;
        balanceOf[to] += value;
        emit Transfer(from, to, value);
    }
}

/// Sends several authorizations in one transaction, and passes on what the last one brought.
contract X402Batch {
    function settle(
        X402Dollar token,
        address[] memory payers,
        address[] memory sellers,
        uint256[] memory values,
        bytes32[] memory nonces
    ) external {
        for (uint256 i = 0; i < payers.length; i++) {
            token.transferWithAuthorization(payers[i], sellers[i], values[i], nonces[i]);
        }
    }

    /// A router: it is paid by authorization and hands the sum on.
    function settleAndForward(X402Dollar token, address payer, address seller, uint256 value, bytes32 nonce) external {
        token.transferWithAuthorization(payer, address(this), value, nonce);
        token.transfer(seller, value);
    }
}

contract X402PermitProxy {
    event Settled();
    event SettledWithPermit();

    function settle(X402Dollar token, address payer, address seller, uint256 value) external {
        token.transferFrom(payer, seller, value);
        emit Settled();
    }

    function settleWithPermit(X402Dollar token, address payer, address seller, uint256 value) external {
        token.transferFrom(payer, seller, value);
        emit SettledWithPermit();
    }
}
