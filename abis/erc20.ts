import { parseAbi } from 'viem'

/** ERC-20. Source: the standard, https://eips.ethereum.org/EIPS/eip-20. Any chain. */
export const erc20 = parseAbi(['event Transfer(address indexed from, address indexed to, uint256 value)'])
