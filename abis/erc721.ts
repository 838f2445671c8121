import { parseAbi } from 'viem'

/** ERC-721. Source: the standard, https://eips.ethereum.org/EIPS/eip-721. Any chain. Same topic0 as ERC-20. */
export const erc721 = parseAbi(['event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)'])
