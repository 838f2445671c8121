import { parseAbi } from 'viem'

/**
 * Settlement through Permit2, for tokens without EIP-3009 and for sums known only afterwards. Source: coinbase/x402
 * @dd927a26 contracts/evm/src/x402BasePermit2Proxy.sol: logged right after the transfer, without an argument.
 * On every chain: exact 0x402085c248EeA27D92E8b30b2C58ed07f9E20001, up to 0x4020A4f3b7b90ccA423B9fabCc0CE57C6C240002.
 */
export const x402Permit2Proxy = parseAbi(['event Settled()', 'event SettledWithPermit()'])
