import { parseAbi } from 'viem'

/**
 * Many calls in one. Source: mds1/multicall3, src/Multicall3.sol. It stands on most chains under one address; since the
 * key that deployed it is known to others, what stands there is only taken for it by the hash of its code.
 */
export const multicall3 = parseAbi([
  'struct Call3 { address target; bool allowFailure; bytes callData; }',
  'struct Result { bool success; bytes returnData; }',
  'function aggregate3(Call3[] calls) payable returns (Result[] returnData)',
])
