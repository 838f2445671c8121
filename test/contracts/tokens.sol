// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

// Tokens that anyone may mint and move: the tests say who paid whom.

contract Erc20 {
    event Transfer(address indexed from, address indexed to, uint256 value);

    mapping(address => uint256) public balanceOf;

    function mint(address to, uint256 value) external {
        balanceOf[to] += value;
        emit Transfer(address(0), to, value);
    }

    function transfer(address to, uint256 value) external returns (bool) {
        move(msg.sender, to, value);
        return true;
    }

    function moveMany(address[] memory from, address[] memory to, uint256[] memory values) external {
        for (uint256 i = 0; i < from.length; i++) move(from[i], to[i], values[i]);
    }

    function move(address from, address to, uint256 value) internal {
        balanceOf[from] -= value;
        balanceOf[to] += value;
        emit Transfer(from, to, value);
    }
}

contract Erc721 {
    event Transfer(address indexed from, address indexed to, uint256 indexed tokenId);

    mapping(uint256 => address) public ownerOf;

    function mint(address to, uint256 tokenId) external {
        ownerOf[tokenId] = to;
        emit Transfer(address(0), to, tokenId);
    }

    function transferFrom(address from, address to, uint256 tokenId) external {
        require(ownerOf[tokenId] == from);
        ownerOf[tokenId] = to;
        emit Transfer(from, to, tokenId);
    }
}
