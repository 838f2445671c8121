// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

// Moves the chain's own currency in every way that a trace can tell: nested, undone, delegated, by creation, by the end
// of a contract, and after a call to a built-in contract, which some tracers number and others do not.

contract Forwarder {
    receive() external payable {}

    function forward(address to) external payable {
        send(to, msg.value);
    }

    function split(address[] calldata to, uint256[] calldata values) external payable {
        for (uint256 i = 0; i < to.length; i++) send(to[i], values[i]);
    }

    function through(Forwarder next, address to) external payable {
        next.forward{value: msg.value}(to);
    }

    /// Pays `lost` in a call that is undone, and `kept` after it.
    function half(address lost, address kept) external payable {
        try this.sendAndRevert(lost, msg.value / 2) {} catch {}
        send(kept, msg.value / 2);
    }

    function sendAndRevert(address to, uint256 value) external {
        this.sendOn(to, value);
        revert("undone");
    }

    function sendOn(address to, uint256 value) external {
        send(to, value);
    }

    function afterHash(address to) external payable {
        (bool ok,) = address(2).staticcall(abi.encode(msg.value));
        require(ok);
        send(to, msg.value);
    }

    function byDelegate(Forwarder code, address to) external payable {
        (bool ok,) = address(code).delegatecall(abi.encodeCall(Forwarder.forward, (to)));
        require(ok);
    }

    function create() external payable {
        new Mortal{value: msg.value}();
    }

    function createAndEnd(address payable heir) external payable {
        new Mortal{value: msg.value}().end(heir);
    }

    function fail(address to) external payable {
        send(to, msg.value);
        revert("undone");
    }

    function send(address to, uint256 value) private {
        (bool ok,) = to.call{value: value}("");
        require(ok);
    }
}

contract Mortal {
    constructor() payable {}

    function end(address payable heir) external {
        selfdestruct(heir);
    }
}
