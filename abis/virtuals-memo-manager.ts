import { parseAbi } from 'viem'

/**
 * Memos of the second Agent Commerce Protocol: what is asked and what is delivered. Source: Virtual-Protocol/acp-node
 * @d57d2def src/abis/memoManagerAbi.ts. Base: `ModuleUpdated` of the router.
 */
export const virtualsMemoManager = parseAbi([
  'event NewMemo(uint256 indexed memoId, uint256 indexed jobId, address indexed sender, uint8 memoType, uint8 nextPhase, string content)',
  'event PayableMemoExecuted(uint256 indexed memoId, uint256 indexed jobId, address indexed executor, uint256 amount)',
])
