// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Erc20} from "tokens.sol";

// A network that no file of this package knows: a desk that takes payment for jobs in one token and hands it on.

contract JobDesk {
    event JobPaid(
        uint256 indexed jobId, address indexed buyer, address indexed seller, uint256 price, uint32 tokens, string model
    );
    event FeeChanged(address indexed by, uint256 fee);

    Erc20 public immutable token;
    uint256 public jobs;

    constructor(Erc20 paidIn) {
        token = paidIn;
        emit FeeChanged(msg.sender, 0);
    }

    function pay(address[] memory buyers, address[] memory sellers, uint256[] memory prices, uint32 tokens) external {
        token.moveMany(buyers, sellers, prices);
        for (uint256 i = 0; i < buyers.length; i++) {
            emit JobPaid(++jobs, buyers[i], sellers[i], prices[i], tokens, "small");
        }
    }
}
