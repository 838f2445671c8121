import { parseAbi } from 'viem'

/**
 * Moves principal beside a job of the third protocol. Source: Virtual-Protocol/acp-node-v2 @776741a7 src/abis. The first
 * protocol logs the same event with `from` indexed, which gives the same topic0 and one topic more; which of the two the
 * older hook logs is not known, so both are read. Base: 0x0EaD25150985Bce0B4925c54E4ee1D856381A86B.
 */
export const virtualsFundHook = parseAbi([
  'event PayableTransferExecuted(uint256 indexed jobId, uint256 indexed intentId, address from, address to, address token, uint256 amount)',
  'event PayableTransferExecuted(uint256 indexed jobId, uint256 indexed intentId, address indexed from, address to, address token, uint256 amount)',
])
